import type { Audience } from '@stackbridge/sandbox/mailchimp/audience.ts';
import type { AdminRecord } from '@stackbridge/sandbox/simulator.ts';
import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import type { RecordValues } from './record-values.ts';

export type CrmOrMail = 'salesforce' | 'mailchimp';

/** One record as a person finds it. */
export interface Shown {
  readonly id: string;
  readonly values: AdminRecord;
  /** Deleted from Salesforce, or archived in Mailchimp. */
  readonly isGone: boolean;
}

const EVERYBODY = { limit: 1_000_000, offset: 0 };

const topicsByCategory = z.record(z.string(), z.array(z.string()));
const newContact = z.object({ contact_id: z.string() });

/**
 * Both systems' own screens, where people and administrators work. Collections go by the names people use: objects,
 * and audiences by their title. Interests are written by category and name: `interests: { Topics: [Events] }`.
 */
export class Screens {
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  create(system: CrmOrMail, collection: string, values: RecordValues): string {
    return system === 'salesforce'
      ? this.#sandbox.salesforce.desk.create(collection, values)
      : this.#createMember(this.audience(collection), values);
  }

  edit(system: CrmOrMail, collection: string, id: string, values: RecordValues): void {
    if (system === 'salesforce') this.#sandbox.salesforce.desk.edit(collection, id, values);
    else
      this.#sandbox.mailchimp.desk.edit(this.audience(collection).id, id, this.#asVendor(collection, values));
  }

  delete(object: string, id: string): void {
    this.#sandbox.salesforce.desk.remove(object, id);
  }

  /** Somebody signs up by the form of an audience; returns the contact's id. */
  signUp(audience: string, { email_address: email, ...values }: RecordValues): string {
    const input = { email, values: this.#asVendor(audience, values), by: 'self' };
    return newContact.parse(this.member('subscribe', audience, input)).contact_id;
  }

  /** One of Mailchimp's actions on a member: subscribe, unsubscribe, archive, clean, change-email, delete-permanent. */
  member(action: string, audience: string, input: RecordValues): unknown {
    return this.#run('mailchimp', action, { list: this.audience(audience).id, ...input });
  }

  /** An action of the sandbox: `hide-field`, `duplicate-rule`, `merge`, `merge-field`, … */
  act(system: CrmOrMail, action: string, input: RecordValues): unknown {
    const { audience, ...rest } = input;
    return this.#run(
      system,
      action,
      typeof audience === 'string' ? { list: this.audience(audience).id, ...rest } : input,
    );
  }

  /** Every record of an object or audience, deleted and archived ones among them where the system still shows them. */
  show(system: CrmOrMail, collection: string, ids?: readonly string[]): Shown[] {
    const page = ids === undefined ? EVERYBODY : { ...EVERYBODY, ids };
    if (system === 'salesforce') {
      return this.#sandbox.salesforce.desk.list(collection, page).records.map((values) => ({
        id: String(values.Id),
        values,
        isGone: values.IsDeleted === true,
      }));
    }
    const audience = this.audience(collection);
    return this.#sandbox.mailchimp.desk.list(audience.id, page).records.map((values) => ({
      id: String(values.contact_id),
      values: {
        ...values,
        interests: namedInterests(audience, values.interests),
        tags: tagNames(values.tags),
      },
      isGone: values.status === 'archived',
    }));
  }

  addressIn(system: CrmOrMail, values: AdminRecord): string {
    const email = system === 'salesforce' ? values.Email : values.email_address;
    return typeof email === 'string' ? email.trim().toLowerCase() : '';
  }

  /** @throws RangeError when there is no audience of that title or id */
  audience(title: string): Audience {
    const audiences = [...this.#sandbox.mailchimp.account.audiences.values()];
    const found = audiences.find(({ name, id }) => name === title || id === title);
    if (found !== undefined) return found;
    const known = audiences.map(({ name }) => name).join(', ');
    throw new RangeError(`No audience ${title}; there are ${known}`);
  }

  #run(system: CrmOrMail, action: string, input: RecordValues): unknown {
    const { actions } = this.#sandbox[system];
    const found = actions[action];
    if (found !== undefined) return found.run(input);
    throw new RangeError(`${system} knows no action ${action}; it knows ${Object.keys(actions).join(', ')}`);
  }

  /** Members in any status, as they came about: who unsubscribed did so in person. */
  #createMember(audience: Audience, { status = 'subscribed', ...values }: RecordValues): string {
    const { mailchimp } = this.#sandbox;
    const birth = ['subscribed', 'pending', 'transactional'].includes(String(status)) ? status : 'subscribed';
    const vendor = this.#asVendor(audience.name, values);
    const id = mailchimp.desk.create(audience.id, { ...vendor, status: birth });
    const turn = { unsubscribed: 'unsubscribe', cleaned: 'clean', archived: 'archive' }[String(status)];
    if (turn !== undefined) this.#run('mailchimp', turn, { list: audience.id, contact_id: id });
    return id;
  }

  #asVendor(collection: string, values: RecordValues): RecordValues {
    if (values.interests === undefined) return values;
    const { categories } = this.audience(collection);
    const flags: Record<string, boolean> = {};
    for (const [title, chosen] of Object.entries(topicsByCategory.parse(values.interests))) {
      const category = categories.find((candidate) => candidate.title === title);
      if (category === undefined) throw new RangeError(`No interest category ${title}`);
      for (const name of chosen) {
        if (!category.interests.some((interest) => interest.name === name))
          throw new RangeError(`No interest ${name} in ${title}`);
      }
      for (const { id, name } of category.interests) flags[id] = chosen.includes(name);
    }
    return { ...values, interests: flags };
  }
}

const flags = z.record(z.string(), z.boolean());

function namedInterests({ categories }: Audience, raw: unknown): Record<string, string[]> {
  const chosen = flags.safeParse(raw).data ?? {};
  return Object.fromEntries(
    categories.map(({ title, interests }) => [
      title,
      interests.filter(({ id }) => chosen[id] === true).map(({ name }) => name),
    ]),
  );
}

const tagList = z.array(z.object({ name: z.string() }));

function tagNames(raw: unknown): string[] {
  return (tagList.safeParse(raw).data ?? []).map(({ name }) => name).sort();
}
