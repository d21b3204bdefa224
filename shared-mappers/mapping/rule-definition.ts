import { SIDES, type Side } from '../model/side.ts';
import type { ValueType } from '../model/value-type.ts';
import type { Policy } from './compiled-rule.ts';

/** Where a recipe says something: the keys and indexes from its root, `['fields', 3, 'mailchimp']`. */
export type RecipePath = readonly (string | number)[];

/** One side of a rule: a field by name, or a value computed from fields of that side. Computed sides are sources only. */
export type SideExpression =
  | string
  /** The fields' texts, empty ones left out, joined. `separator` defaults to a blank. */
  | { readonly concat: readonly string[]; readonly separator?: string | undefined }
  /** A piece of a field's text. `part` counts from 1; `last` is the last piece, `rest` all after the first. `separator` defaults to a blank. */
  | {
      readonly split: string;
      readonly separator?: string | undefined;
      readonly part: number | 'last' | 'rest';
    }
  | { readonly firstNonEmpty: readonly string[] }
  | { readonly constant: string | number | boolean };

/** A field rule as declared, before it is compiled against the schemas. */
export interface RuleDefinition {
  readonly path: RecipePath;
  readonly name?: string | undefined;
  readonly left: SideExpression;
  readonly right: SideExpression;
  /** Inferred from both fields where absent. */
  readonly type?: ValueType | undefined;
  readonly direction: 'both' | 'to-right' | 'to-left';
  /** Default: `newest`, for sets `union`. */
  readonly policy?: Policy | undefined;
  readonly drift: 'enforce' | 'leave';
  readonly keepNonEmpty: boolean;
  readonly toleranceMs: number;
  /** Default: `cut` for text, `refuse` for all others. */
  readonly tooLong?: 'cut' | 'refuse' | undefined;
  /** Stands in a required target for an empty value; reads as empty. */
  readonly default?: string | undefined;
  /** ISO 3166 code of phone numbers written without a country. */
  readonly region?: string | undefined;
  /** Words of the left by words of the right. */
  readonly lookup?: Readonly<Record<string, string>> | undefined;
}

export interface ConsentDefinition {
  readonly path: RecipePath;
  /** The checkbox on the left that says `no mail`. */
  readonly optOut: string;
  /** Other checkboxes that close the audience and are only read. */
  readonly closedBy: readonly string[];
  /** Says that mail to the member bounces for good; see status-rule.ts. */
  readonly statusField?: string | undefined;
}

/** A pair of fields by which records are matched at first contact. `email` is the match address. */
export type MatchDefinition = 'email' | { readonly left: string; readonly right: string };

/** A field that the loop reads on its own, outside of the rules. */
export interface FieldMention {
  readonly field: string;
  readonly path: RecipePath;
}

/** Sides that a rule writes. */
export function targetsOf(direction: RuleDefinition['direction']): readonly Side[] {
  return direction === 'both' ? SIDES : direction === 'to-left' ? ['left'] : ['right'];
}
