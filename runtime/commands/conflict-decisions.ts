import type { CompiledRule, FieldMap } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import { canonicalSet } from '@stackbridge/shared-mappers/merge/sets.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { CONSENT_NAME } from '@stackbridge/shared-mappers/plan/plan-consent.ts';
import { WHOLE_RECORD } from '@stackbridge/shared-mappers/plan/plan-deletion.ts';
import type { Decision } from '@stackbridge/shared-mappers/ports/store.ts';
import { UsageError } from './usage-error.ts';

/** What a person typed. */
export interface Answer {
  readonly keep?: string | undefined;
  readonly field?: string | undefined;
  readonly value?: string | undefined;
}

/** A person's answer to a conflict, one decision a field. @throws UsageError for an answer that settles nothing */
export function decisionsOf(row: Parked, answer: Answer, map: FieldMap, at: Instant): Decision[] {
  const whole = wholeAtIssue(row);
  if (whole !== undefined)
    return [{ scope: row.scope, subject: row.subject, field: whole, take: sideOf(row, answer), at }];
  const atIssue = map.rules.filter(({ name }) => row.fields.includes(name));
  if (atIssue.length === 0) {
    throw new UsageError(`${row.code} is not about the value of a field: ${row.message}`, row.next);
  }
  const { field, value } = answer;
  const rules = field === undefined ? atIssue : [ruleNamed(field, atIssue)];
  const keep = keptSide(answer);
  if (value !== undefined && rules.length > 1) {
    throw new UsageError(
      'One value cannot settle several fields',
      `Name one with --field: ${rules.map(({ name }) => name).join(', ')}`,
    );
  }
  return rules.map((rule) => ({
    scope: row.scope,
    subject: row.subject,
    field: rule.name,
    take: value === undefined ? { side: keep } : { value: typedValue(rule, value) },
    at,
  }));
}

/** What is decided as a whole, by a side and no value: whether a deletion stands, whether a new subscription counts. */
function wholeAtIssue({ code }: Parked): string | undefined {
  if (code === 'EDIT_AGAINST_DELETE') return WHOLE_RECORD;
  return code === 'OPT_IN_AFTER_OPT_OUT' ? CONSENT_NAME : undefined;
}

function sideOf(row: Parked, answer: Answer): Decision['take'] {
  const { field, value } = answer;
  const named = field === undefined || row.fields.some((name) => name.toLowerCase() === field.toLowerCase());
  if (value === undefined && named) return { side: keptSide(answer) };
  throw new UsageError(`${row.code} is not about the value of a field: ${row.message}`, row.next);
}

function keptSide({ keep, value }: Answer): 'left' | 'right' {
  if (keep === undefined && value === undefined)
    throw new UsageError(
      'What should both sides hold?',
      'Say --keep salesforce, --keep mailchimp or --value',
    );
  if (keep !== undefined && value !== undefined)
    throw new UsageError('--keep and --value exclude each other', 'Use one of them');
  if (keep === undefined || keep === 'salesforce') return 'left';
  if (keep === 'mailchimp') return 'right';
  throw new UsageError(`--keep cannot be ${keep}`, 'Write --keep salesforce or --keep mailchimp');
}

/** By the rule's name, or by its field on either side. */
function ruleNamed(field: string, rules: readonly CompiledRule[]): CompiledRule {
  const wanted = field.toLowerCase();
  const found = rules.find(({ name, fields }) =>
    [name, ...fields.left, ...fields.right].some((candidate) => candidate.toLowerCase() === wanted),
  );
  if (found !== undefined) return found;
  throw new UsageError(`${field} is not at issue`, `At issue: ${rules.map(({ name }) => name).join(', ')}`);
}

/** A set is typed with semicolons or commas. Everything else is taken as typed: the rule's codec reads it. */
function typedValue(rule: CompiledRule, typed: string): string {
  if (rule.type !== 'set') return typed.trim();
  const elements = typed.split(/[;,]/).map((element) => element.trim());
  return canonicalSet(elements.filter((element) => element !== ''));
}
