import type { FieldSchema } from '../model/field-schema.ts';
import type { ValueType } from '../model/value-type.ts';
import { choiceThatSays } from './codecs/boolean.ts';
import { choicesRefused } from './codecs/choices.ts';
import type { LookupTable } from './computed/lookup.ts';
import { type MappingProblem, nearest } from './mapping-problem.ts';
import type { RecipePath } from './rule-definition.ts';

/** Choices that one field has and the field it is written to refuses. */
export function checkChoices(
  type: ValueType,
  from: FieldSchema,
  to: FieldSchema,
  path: RecipePath,
): MappingProblem[] {
  if (type === 'boolean') return checkBooleanChoices(to, path);
  if (type !== 'picklist' && type !== 'set') return [];
  if (type === 'set' && from.setShape === 'names' && !from.restricted) return [];
  const refused = choicesRefused(from, to);
  if (refused.length === 0) return [];
  return [
    {
      code: 'BRAKE_CHOICES',
      path,
      message: `${to.name} lacks ${list(refused)}, which ${from.name} has`,
      expected: `one of ${list(to.choices ?? [])}`,
      suggestion: suggestEntries(refused, to.choices ?? []),
    },
  ];
}

function checkBooleanChoices(to: FieldSchema, path: RecipePath): MappingProblem[] {
  const { choices = [] } = to;
  if (!to.restricted || choices.length === 0) return [];
  const missing = (['true', 'false'] as const).filter((word) => choiceThatSays(choices, word) === undefined);
  if (missing.length === 0) return [];
  return [
    {
      code: 'BRAKE_CHOICES',
      path,
      message: `${to.name} has no choice that says ${missing.join(' or ')}`,
      expected: `one of ${list(choices)}`,
      suggestion: `Map them: lookup: { "true": ${choices[0]}, "false": ${choices[1] ?? '…'} }`,
    },
  ];
}

/** A lookup table is closed: every choice of the left needs an entry, and every entry a choice of the right. */
export function checkLookup(
  table: LookupTable,
  entries: Readonly<Record<string, string>>,
  fields: { readonly left: FieldSchema; readonly right: FieldSchema },
  direction: 'both' | 'to-right' | 'to-left',
  path: RecipePath,
): MappingProblem[] {
  const { left, right } = fields;
  const at = [...path, 'lookup'];
  const problems: MappingProblem[] = [];
  if (direction !== 'to-right' && table.ambiguous.length > 0) {
    problems.push({
      code: 'RECIPE_INVALID',
      path: at,
      message: `Several words of ${left.name} stand for ${list(table.ambiguous)}: the table cannot be read backwards`,
      suggestion: 'Give each its own word, or make the rule one-way with direction: to-mailchimp',
    });
  }
  if (direction !== 'to-left') {
    const unlisted = (left.choices ?? []).filter((choice) => table.toCanonical(choice) === undefined);
    if (unlisted.length > 0) {
      problems.push({
        code: 'BRAKE_CHOICES',
        path: at,
        message: `The table has no entry for ${list(unlisted)} of ${left.name}`,
        suggestion: `Add ${unlisted.map((choice) => `${choice}: …`).join(', ')}`,
      });
    }
    problems.push(...checkEntries(entries, right, at, (_, word) => word));
  }
  if (direction !== 'to-right') {
    const unlisted = (right.choices ?? []).filter((choice) => table.toLeft(choice) === undefined);
    if (unlisted.length > 0) {
      problems.push({
        code: 'BRAKE_CHOICES',
        path: at,
        message: `The table has no entry for ${list(unlisted)} of ${right.name}`,
        suggestion: `Add ${unlisted.map((choice) => `…: ${choice}`).join(', ')}`,
      });
    }
    problems.push(...checkEntries(entries, left, at, (word) => word));
  }
  return problems;
}

/** Entries that name a choice which the field does not have. */
function checkEntries(
  entries: Readonly<Record<string, string>>,
  field: FieldSchema,
  path: RecipePath,
  wordOf: (left: string, right: string) => string,
): MappingProblem[] {
  const { choices } = field;
  if (!field.restricted || choices === undefined) return [];
  return Object.entries(entries).flatMap(([key, value]) => {
    const word = wordOf(key, value);
    if (choices.some((choice) => choice.toLowerCase() === word.toLowerCase())) return [];
    const near = nearest(word, choices);
    return [
      {
        code: 'BRAKE_CHOICES' as const,
        path: [...path, key],
        message: `${field.name} has no choice ${word}`,
        expected: `one of ${list(choices)}`,
        ...(near === undefined ? {} : { suggestion: `Did you mean ${near}?` }),
      },
    ];
  });
}

function suggestEntries(missing: readonly string[], choices: readonly string[]): string {
  const [first = ''] = missing;
  return `Add the choice, or map it: lookup: { ${first}: ${nearest(first, choices) ?? choices[0] ?? '…'} }`;
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, 8).join(', ');
  return words.length > 8 ? `${shown} and ${words.length - 8} more` : shown;
}
