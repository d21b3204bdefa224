import type { MappingProblem } from '../mapping/mapping-problem.ts';
import { missingField } from '../mapping/mapping-problem.ts';
import type { FieldMention, RecipePath } from '../mapping/rule-definition.ts';
import type { FieldSchema, ObjectSchema } from '../model/field-schema.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';
import type { RecipeSchemas } from './recipe-schemas.ts';

type FieldUsers = Pick<ContactSyncRecipe, 'owner' | 'base'> & {
  readonly salesforce: Pick<ContactSyncRecipe['salesforce'], 'externalId'>;
};

/** Fields that the loop reads on its own: the owner's mark, the stamps and the partners' ids. */
export function fieldsRead({ owner, base }: FieldUsers): { left: FieldMention[]; right: FieldMention[] } {
  const left: FieldMention[] = [];
  const right: FieldMention[] = [];
  if (typeof owner === 'object') left.push({ field: owner.field, path: ['owner', 'field'] });
  if (base !== 'store') {
    left.push({ field: base.salesforce, path: ['base', 'salesforce'] });
    right.push({ field: base.mailchimp, path: ['base', 'mailchimp'] });
    if (base.partner !== undefined) {
      left.push({ field: base.partner.salesforce, path: ['base', 'partner', 'salesforce'] });
      right.push({ field: base.partner.mailchimp, path: ['base', 'partner', 'mailchimp'] });
    }
  }
  return { left, right };
}

/** What the fields of the loop's own have to be like, beyond being there. */
export function checkRecordFields(recipe: FieldUsers, schemas: RecipeSchemas): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const { externalId } = recipe.salesforce;
  if (externalId !== undefined) {
    const path = ['salesforce', 'externalId'];
    const field = schemas.salesforce.fields.get(externalId);
    if (field === undefined) problems.push(missingField(externalId, schemas.salesforce, path));
    else problems.push(...checkExternalId(field, path));
  }
  if (recipe.base !== 'store') {
    problems.push(
      ...checkMark(recipe.base.salesforce, STAMP, schemas.salesforce, ['base', 'salesforce']),
      ...checkMark(recipe.base.mailchimp, STAMP, schemas.mailchimp, ['base', 'mailchimp']),
    );
    const { partner } = recipe.base;
    if (partner !== undefined) {
      problems.push(
        ...checkMark(partner.salesforce, CONTACT_ID, schemas.salesforce, ['base', 'partner', 'salesforce']),
        ...checkMark(partner.mailchimp, SALESFORCE_ID, schemas.mailchimp, ['base', 'partner', 'mailchimp']),
        ...checkDistinct(recipe.base),
      );
    }
  }
  return problems;
}

function checkExternalId(field: FieldSchema, path: RecipePath): MappingProblem[] {
  if (!field.unique || field.kind !== 'text') {
    return [
      {
        code: 'RECIPE_INVALID',
        path,
        message: `${field.name} does not tell records apart: a repeated create could double`,
        expected: 'a text field that is an external id and unique',
        suggestion: `Mark ${field.name} as external id and unique in Salesforce Setup, or remove externalId`,
      },
    ];
  }
  return field.creatable ? [] : [readOnly(field, path)];
}

interface MarkKind {
  readonly what: string;
  /** Characters that the field has to hold. */
  readonly length: number;
}

/** The shortest stamp field: Mailchimp's texts end at 255 bytes. */
const STAMP: MarkKind = { what: 'a stamp', length: 255 };
const CONTACT_ID: MarkKind = { what: "a member's contact_id", length: 32 };
const SALESFORCE_ID: MarkKind = { what: 'a Salesforce id', length: 18 };

function checkMark(
  name: string,
  { what, length }: MarkKind,
  schema: ObjectSchema,
  path: RecipePath,
): MappingProblem[] {
  const field = schema.fields.get(name);
  // A missing one is reported with the other fields that are read.
  if (field === undefined) return [];
  if (!field.updatable) return [readOnly(field, path)];
  if (field.kind === 'text' && (field.maxLength ?? length) >= length) return [];
  return [
    {
      code: 'BRAKE_FIELD_TOO_SHORT',
      path,
      message: `${field.name} cannot hold ${what}`,
      expected: `a text field of at least ${length} characters`,
      suggestion: 'Make one for this purpose, hidden from page layouts and forms',
    },
  ];
}

function checkDistinct(base: Exclude<ContactSyncRecipe['base'], 'store'>): MappingProblem[] {
  const { partner } = base;
  return (['salesforce', 'mailchimp'] as const).flatMap((system) =>
    partner === undefined || partner[system] !== base[system]
      ? []
      : [
          {
            code: 'RECIPE_INVALID',
            path: ['base', 'partner', system],
            message: `${base[system]} holds the stamp already`,
            expected: 'a field of its own',
          } as const,
        ],
  );
}

function readOnly(field: FieldSchema, path: RecipePath): MappingProblem {
  return {
    code: 'BRAKE_FIELD_READ_ONLY',
    path,
    message: `${field.name} is read-only for the signed-in user`,
    suggestion: 'Give the signed-in user the right to edit it',
  };
}
