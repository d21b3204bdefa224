import { z } from 'zod';
import { SalesforceError } from './errors.ts';
import type { Org } from './org.ts';
import type { Row, Values } from './row.ts';
import type { ObjectSchema } from './schema/object-schema.ts';

/** A rule that keeps people from being entered twice. */
export const DuplicateRule = z.strictObject({
  /** Default `Standard_<object>_Duplicate_Rule`. */
  name: z.string().min(1).optional(),
  object: z.string().min(1),
  /** Fields that must all be equal, without regard to case; records with an empty one never match. */
  fields: z.array(z.string().min(1)).min(1),
  /** `alert` lets a caller through that says so in its header, `block` lets nobody. */
  action: z.enum(['alert', 'block']),
  /** Which writes it looks at. Default both. */
  on: z.array(z.enum(['create', 'update'])).optional(),
});
export type DuplicateRule = z.infer<typeof DuplicateRule>;

/** What the caller's `Sforce-Duplicate-Rule-Header` asks for. */
export interface DuplicateHandling {
  allowSave: boolean;
  includeRecordDetails: boolean;
}

/** @throws SalesforceError DUPLICATES_DETECTED when a rule stands against the values */
export function checkDuplicateRules(
  org: Org,
  object: ObjectSchema,
  values: Values,
  current: Row | undefined,
  handling: DuplicateHandling,
): void {
  const write = current === undefined ? 'create' : 'update';
  for (const rule of org.duplicateRules) {
    if (rule.object !== object.name || !(rule.on ?? ['create', 'update']).includes(write)) continue;
    if (rule.action === 'alert' && handling.allowSave) continue;
    // An update that leaves the compared fields alone is not looked at again.
    if (current !== undefined && !rule.fields.some((field) => values[field] !== undefined)) continue;
    const matches = matchesOf(org, rule, values, current);
    if (matches.length > 0) throw duplicatesDetected(object, rule, matches, handling);
  }
}

function matchesOf(org: Org, rule: DuplicateRule, values: Values, current: Row | undefined): Row[] {
  const wanted = rule.fields.map((field) =>
    normal(values[field] === undefined ? current?.[field] : values[field]),
  );
  const [firstField] = rule.fields;
  const [first] = wanted;
  if (firstField === undefined || first === undefined || wanted.includes(null)) return [];
  return org
    .store(rule.object)
    .having(firstField, first)
    .filter(
      (row) =>
        row !== current &&
        !row.IsDeleted &&
        rule.fields.every((field, i) => normal(row[field]) === wanted[i]),
    );
}

function normal(value: Values[string] | undefined): Values[string] {
  return typeof value === 'string' ? value.toLowerCase() : (value ?? null);
}

function duplicatesDetected(
  object: ObjectSchema,
  rule: DuplicateRule,
  matches: readonly Row[],
  handling: DuplicateHandling,
): SalesforceError {
  const name = rule.name ?? `Standard_${object.name}_Duplicate_Rule`;
  const errorMessage = 'Use one of these records?';
  const matchRecords = matches.map((row) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: {
      attributes: { type: object.name, url: `/services/data/v60.0/sobjects/${object.name}/${row.Id}` },
      Id: row.Id,
      ...(handling.includeRecordDetails
        ? Object.fromEntries(rule.fields.map((field) => [field, row[field] ?? null]))
        : {}),
    },
  }));
  const duplicateResult = {
    allowSave: rule.action === 'alert',
    duplicateRule: name,
    duplicateRuleEntityType: object.name,
    errorMessage,
    matchResults: [
      {
        entityType: object.name,
        errors: [],
        matchEngine: 'ExactMatchEngine',
        matchRecords,
        rule: `Standard_${object.name}_Match_Rule`,
        size: matchRecords.length,
        success: true,
      },
    ],
  };
  return new SalesforceError('DUPLICATES_DETECTED', errorMessage, { extra: { duplicateResult } });
}
