import { ERROR_CODES, type ErrorCode } from '../errors/codes.ts';
import type { CompiledRule, FieldMap } from '../mapping/compiled-rule.ts';
import { isJsonObject } from '../mapping/json-path.ts';
import { entriesUnder } from '../merge/entry.ts';
import { RememberedEntries } from '../merge/remembered.ts';
import { canonicalSet, elementsOf } from '../merge/sets.ts';
import { fingerprintKey } from '../model/fingerprint.ts';
import type { Instant } from '../model/instant.ts';
import type { JsonObject, JsonValue, MutableJsonObject } from '../model/json.ts';
import { SIDES, type Side } from '../model/side.ts';
import type { Reason } from './operation.ts';
import { planFields } from './plan-fields.ts';

/** What both sides last agreed on, by the name of the rule; sets are lists. Made by a merge, for the next one. */
export type Agreed = Readonly<Record<string, string | readonly string[]>>;

/** Two records of the same thing, as they are now. */
export interface Pair {
  readonly left: JsonObject;
  readonly right: JsonObject;
  /** A rule that it does not name was never agreed on. */
  readonly agreed: Agreed;
  /** When each was last changed; only `newest` asks. */
  readonly modifiedAt: Readonly<Record<Side, Instant>>;
}

/** What the merge of a pair came to. Nothing was written anywhere. */
export interface MergedPair {
  /** `conflict`, `failed`: of some fields; the others are merged. */
  readonly outcome: 'merged' | 'unchanged' | 'conflict' | 'failed';
  /** Both records as they ought to be. */
  readonly records: Readonly<Record<Side, JsonObject>>;
  /** Of each record what has to be written. */
  readonly writes: Readonly<Record<Side, JsonObject>>;
  readonly changes: readonly {
    readonly side: Side;
    readonly field: string;
    readonly from: string;
    readonly to: string;
    readonly reason: Reason;
  }[];
  readonly issues: readonly {
    readonly kind: 'conflict' | 'failure';
    readonly field: string;
    readonly values: Readonly<Record<Side, string>>;
    readonly code: ErrorCode;
    readonly message: string;
    readonly next: string;
  }[];
  /** To be handed to the next merge, once both sides are written. */
  readonly agreed: Agreed;
}

/** Compares within one merge only: the key protects nothing that is kept. */
const entryOf = entriesUnder(fingerprintKey('00000000000000000000000000000000'));

/** The three-way merge of two records, with no system behind them. */
export function mergePair(map: Pick<FieldMap, 'rules'>, pair: Pair): MergedPair {
  const { modifiedAt, agreed } = pair;
  const base = new RememberedEntries(
    new Map(
      map.rules.flatMap((rule) => {
        const before = agreed[rule.name];
        return before === undefined ? [] : [[rule.key, entryOf(rule, canonicalOf(before))] as const];
      }),
    ),
    entryOf,
  );
  const read = (side: Side) => ({ values: pair[side], modifiedAt: modifiedAt[side] });
  const plan = planFields(read('left'), read('right'), base, [], { map, home: { entryOf } });
  const records = { left: copyOf(pair.left), right: copyOf(pair.right) };
  const writes: Record<Side, MutableJsonObject> = { left: {}, right: {} };
  for (const side of SIDES) {
    for (const { rule, to } of plan.changes[side]) {
      map.rules[rule]?.write[side](to, writes[side]);
      map.rules[rule]?.write[side](to, records[side]);
    }
  }
  const issues = plan.issues.flatMap(({ kind, code, fields, message }) =>
    kind === 'terminal'
      ? []
      : fields.map((field) => ({
          kind,
          field,
          values: valuesOf(field, map.rules, pair),
          code,
          message,
          next: ERROR_CODES[code].next,
        })),
  );
  const changes = SIDES.flatMap((side) =>
    plan.changes[side].map(({ name, from = '', to, reason }) => ({
      side,
      field: name,
      from: shown(from),
      to: shown(to),
      reason,
    })),
  );
  return {
    outcome: issues.some(({ kind }) => kind === 'conflict')
      ? 'conflict'
      : issues.length > 0
        ? 'failed'
        : changes.length > 0
          ? 'merged'
          : 'unchanged',
    records,
    writes,
    changes,
    issues,
    agreed: agreedAfter(map.rules, records, agreed),
  };
}

/** What is the same on both sides now; of the rest, what was before. */
function agreedAfter(rules: readonly CompiledRule[], records: MergedPair['records'], before: Agreed): Agreed {
  return Object.fromEntries(
    rules.flatMap((rule) => {
      const [left, right] = [rule.read.left(records.left), rule.read.right(records.right)];
      const value = left === right ? asAgreed(rule, left) : before[rule.name];
      return value === undefined ? [] : [[rule.name, value]];
    }),
  );
}

function asAgreed({ type }: CompiledRule, canonical: string): string | readonly string[] {
  return type === 'set' ? elementsOf(canonical) : canonical;
}

function canonicalOf(agreed: string | readonly string[]): string {
  return typeof agreed === 'string' ? agreed : canonicalSet(agreed);
}

function valuesOf(name: string, rules: readonly CompiledRule[], pair: Pair): Record<Side, string> {
  const rule = rules.find((one) => one.name === name);
  return { left: shown(rule?.read.left(pair.left)), right: shown(rule?.read.right(pair.right)) };
}

/** A set as people write it. */
function shown(canonical = ''): string {
  return elementsOf(canonical).join(', ');
}

/** Deep enough for writing: what is written stands in objects. */
function copyOf(record: JsonObject): MutableJsonObject {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, copied(value)]));
}

function copied(value: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(value) ? copyOf(value) : value;
}
