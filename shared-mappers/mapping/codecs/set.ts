import type { FieldSchema } from '../../model/field-schema.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import { isJsonObject } from '../json-path.ts';
import { Unwritable } from '../unwritable.ts';
import { capacityOf, fits } from './capacity.ts';
import { type Choices, sharedChoices } from './choices.ts';
import type { FieldCodec, FieldPair, PairCodec } from './codec.ts';
import { unknownChoice } from './picklist.ts';
import { tooLongFor } from './text.ts';
import { textOf, tidyText } from './tidy-text.ts';

/** Separates the sorted elements of a canonical set. Tidy text cannot contain it. */
export const ELEMENT_SEPARATOR = '\u001f';

/** One element's translation between the two sides; undefined where there is none. */
export interface ElementLookup {
  /** From the left's word to the canonical one, which is the right's. */
  toCanonical(left: string): string | undefined;
  toLeft(canonical: string): string | undefined;
  /** All canonical words there are. */
  readonly words: readonly string[];
}

/**
 * Sets: a multi-select picklist `a;b`, names in a list (tags), interests as `{id: true}`, or a text `a;b`.
 * Tags are open, and people use them for much else: where the other field takes only its own choices, the other tags
 * are out of the rule's sight and are neither read nor removed.
 */
export function setCodec(pair: FieldPair, lookup?: ElementLookup): PairCodec {
  const choices = sharedChoices(lookup === undefined ? pair.left : withoutChoices(pair.left), pair.right);
  const hasSemicolons = shapeOf(pair.left) === 'semicolons' || shapeOf(pair.right) === 'semicolons';
  const spelled = (text: string): string =>
    choices.canonical(hasSemicolons ? text.replaceAll(';', ',') : text);
  const scopes = {
    left: scopeOf(pair.left, pair.right.restricted ? (pair.right.choices ?? []).map(spelled) : undefined),
    right: scopeOf(
      pair.right,
      lookup?.words.map(spelled) ??
        (pair.left.restricted ? (pair.left.choices ?? []).map(spelled) : undefined),
    ),
  };
  const fromLeft = lookup === undefined ? spelled : (text: string) => lookup.toCanonical(text) ?? text;
  const toLeft = lookup === undefined ? undefined : (canonical: string) => lookup.toLeft(canonical);
  return {
    left: {
      decode: decodeSet(pair.left, fromLeft, scopes.left),
      encode: encodeSet(pair.left, choices, scopes.left, toLeft),
    },
    right: {
      decode: decodeSet(pair.right, spelled, scopes.right),
      encode: encodeSet(pair.right, choices, scopes.right, undefined),
    },
  };
}

function withoutChoices(field: FieldSchema): FieldSchema {
  const { choices: _, ...rest } = field;
  return rest;
}

function shapeOf(field: FieldSchema): 'semicolons' | 'names' | 'flags' {
  return field.setShape ?? 'semicolons';
}

/** The words an open list of names may touch; undefined where it may touch all. */
function scopeOf(field: FieldSchema, words: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return shapeOf(field) === 'names' && !field.restricted && words !== undefined ? new Set(words) : undefined;
}

function canonicalSet(elements: readonly string[]): string {
  if (elements.length < 2) return elements[0] ?? '';
  return [...new Set(elements)].sort().join(ELEMENT_SEPARATOR);
}

/** Spellings of sets remembered per field: most records share a few. */
const MOST_REMEMBERED = 1024;

function decodeSet(
  field: FieldSchema,
  canonical: (text: string) => string,
  scope: ReadonlySet<string> | undefined,
): FieldCodec['decode'] {
  const flags = flagsOf(field, canonical);
  const remembered = new Map<string, string>();
  const collect = (words: readonly string[]): string => {
    const elements = words
      .map((word) => (word === '' ? '' : canonical(word)))
      .filter((element) => element !== '' && (scope === undefined || scope.has(element)));
    return canonicalSet(elements);
  };
  return (raw) => {
    if (typeof raw === 'string') {
      const known = remembered.get(raw);
      if (known !== undefined) return known;
      const set = collect(raw.split(';').map(tidyText));
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(raw, set);
      return set;
    }
    if (isList(raw)) return collect(raw.map(nameOf));
    if (isJsonObject(raw)) return flagged(raw, flags);
    return collect([textOf(raw)]);
  };
}

/** A name in a list, or an entry `{name}`; what is on its way out counts as gone. */
function nameOf(item: JsonValue): string {
  if (!isJsonObject(item)) return textOf(item);
  return item.status === 'inactive' ? '' : textOf(item.name);
}

/** Ids and canonical names of a field's interests, in canonical order. */
function flagsOf(
  field: FieldSchema,
  canonical: (text: string) => string,
): (readonly [id: string, name: string])[] {
  return Object.entries(field.choiceIds ?? {})
    .map(([name, id]) => [id, canonical(tidyText(name))] as const)
    .sort(([, a], [, b]) => (a < b ? -1 : 1));
}

function flagged(raw: JsonObject, flags: readonly (readonly [id: string, name: string])[]): string {
  let set = '';
  for (const [id, name] of flags) if (raw[id] === true) set += set === '' ? name : ELEMENT_SEPARATOR + name;
  return set;
}

function isList(raw: JsonValue | undefined): raw is readonly JsonValue[] {
  return Array.isArray(raw);
}

/** The field's own words for a canonical set, or why it cannot hold it. */
type Spell = (canonical: string) => string[] | Unwritable;

function encodeSet(
  field: FieldSchema,
  choices: Choices,
  scope: ReadonlySet<string> | undefined,
  translate: ((canonical: string) => string | undefined) | undefined,
): FieldCodec['encode'] {
  const unknown = unknownChoice(field);
  const spellings = choices.spellings(field);
  const spell: Spell = (canonical) => {
    const words: string[] = [];
    for (const element of canonical === '' ? [] : canonical.split(ELEMENT_SEPARATOR)) {
      if (scope !== undefined && !scope.has(element)) return unknown;
      const translated = translate === undefined ? element : translate(element);
      if (translated === undefined) return unknown;
      const own = spellings.get(translated);
      if (own === undefined && field.restricted && translate === undefined) return unknown;
      words.push(own ?? translated);
    }
    return words;
  };
  switch (shapeOf(field)) {
    case 'semicolons':
      return encodeSemicolons(field, spell);
    case 'flags':
      return encodeFlags(field, spell);
    case 'names':
      return encodeNames(scope, spell);
  }
}

function encodeSemicolons(field: FieldSchema, spell: Spell): FieldCodec['encode'] {
  const own = capacityOf(field);
  const tooLong = tooLongFor(field);
  return (canonical) => {
    if (canonical === '') return field.empty;
    const words = spell(canonical);
    if (words instanceof Unwritable) return words;
    const text = words.join(';');
    return fits(text, own) ? text : tooLong;
  };
}

/** Every interest of the category is said, so that what is not in the set is taken out. */
function encodeFlags(field: FieldSchema, spell: Spell): FieldCodec['encode'] {
  const ids = Object.entries(field.choiceIds ?? {});
  const remembered = new Map<string, JsonObject>();
  const flagsFor = (words: readonly string[]): JsonObject =>
    Object.fromEntries(ids.map(([name, id]) => [id, words.includes(name)]));
  return (canonical) => {
    const known = remembered.get(canonical);
    if (known !== undefined) return known;
    const words = spell(canonical);
    if (words instanceof Unwritable) return words;
    // Payloads share it.
    const flags = Object.freeze(flagsFor(words));
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(canonical, flags);
    return flags;
  };
}

/** The whole list of names; within a scope each of its names with `active` or `inactive`, as Mailchimp's tag endpoint takes them. */
function encodeNames(scope: ReadonlySet<string> | undefined, spell: Spell): FieldCodec['encode'] {
  return (canonical) => {
    const words = spell(canonical);
    if (words instanceof Unwritable || scope === undefined) return words;
    return [...scope].sort().map((name) => ({ name, status: words.includes(name) ? 'active' : 'inactive' }));
  };
}
