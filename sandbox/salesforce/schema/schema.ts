import { accountSchema } from './account.ts';
import { campaignSchema } from './campaign.ts';
import { campaignMemberSchema } from './campaign-member.ts';
import { campaignMemberStatusSchema } from './campaign-member-status.ts';
import { contactSchema } from './contact.ts';
import { engagementSchema } from './engagement.ts';
import type { Field } from './field.ts';
import { leadSchema } from './lead.ts';
import type { ObjectSchema } from './object-schema.ts';
import { taskSchema } from './task.ts';
import { userSchema } from './user.ts';

/** A change an administrator makes to one field. */
export type FieldChange =
  | { kind: 'add'; field: Field }
  | { kind: 'remove' }
  | { kind: 'shorten'; length: number }
  | { kind: 'withdraw-value'; value: string };

/** All object types of the org. Changes raise `version`, so that what was compiled against it can be dropped. */
export class Schema {
  #objects = new Map<string, ObjectSchema>();
  #byPrefix = new Map<string, ObjectSchema>();
  version = 1;

  constructor() {
    const standard = [
      accountSchema,
      campaignSchema,
      campaignMemberSchema,
      campaignMemberStatusSchema,
      contactSchema,
      leadSchema,
      taskSchema,
      userSchema,
      engagementSchema,
    ];
    for (const make of standard) this.add(make());
  }

  objects(): IterableIterator<ObjectSchema> {
    return this.#objects.values();
  }

  /** By name, in any case. */
  find(name: string): ObjectSchema | undefined {
    return this.#objects.get(name.toLowerCase());
  }

  findByPrefix(keyPrefix: string): ObjectSchema | undefined {
    return this.#byPrefix.get(keyPrefix);
  }

  /** @throws RangeError if the org has no such object: for callers that have chosen it themselves */
  get(name: string): ObjectSchema {
    const object = this.find(name);
    if (object === undefined) throw new RangeError(`No object ${name} in the sandbox's Salesforce`);
    return object;
  }

  add(object: ObjectSchema): void {
    this.#objects.set(object.name.toLowerCase(), object);
    this.#byPrefix.set(object.keyPrefix, object);
    this.version += 1;
  }

  /** The next free key prefix for a custom object: a00, a01, … */
  nextCustomPrefix(): string {
    const used = [...this.#byPrefix.keys()].filter((prefix) => prefix.startsWith('a')).length;
    return `a${used.toString().padStart(2, '0')}`;
  }

  /** Hides a field from the API user, or shows it again. */
  setHidden(object: string, fieldName: string, hidden: boolean): void {
    const schema = this.get(object);
    const field = this.#field(schema, fieldName);
    if (hidden) schema.hidden.add(field.name.toLowerCase());
    else schema.hidden.delete(field.name.toLowerCase());
    this.version += 1;
  }

  change(object: string, fieldName: string, change: FieldChange): void {
    const schema = this.get(object);
    this.version += 1;
    if (change.kind === 'add') {
      schema.fields.set(change.field.name.toLowerCase(), change.field);
      return;
    }
    const field = this.#field(schema, fieldName);
    switch (change.kind) {
      case 'remove':
        schema.fields.delete(field.name.toLowerCase());
        return;
      case 'shorten':
        field.length = change.length;
        return;
      case 'withdraw-value':
        for (const entry of field.picklistValues) if (entry.value === change.value) entry.active = false;
        return;
    }
  }

  #field(schema: ObjectSchema, name: string): Field {
    const field = schema.fields.get(name.toLowerCase());
    if (field === undefined) throw new RangeError(`No field ${name} on ${schema.name}`);
    return field;
  }
}
