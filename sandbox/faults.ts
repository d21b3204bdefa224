import { z } from 'zod';

/** What goes wrong when a rule matches. */
export const FaultEffect = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    /** Default: the vendor's own error shape for that status. */
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  /** Answers as usual, that much later in real time. */
  z.strictObject({ kind: z.literal('delay'), ms: z.int().min(0).max(600_000) }),
  /** The connection is cut before anything is committed. */
  z.strictObject({ kind: z.literal('drop-before') }),
  /** The call is carried out; its answer never arrives. */
  z.strictObject({ kind: z.literal('drop-after') }),
  /** A listing answers 200 with this many rows less than it should, totals unchanged. */
  z.strictObject({ kind: z.literal('truncate'), rows: z.int().min(1) }),
  /** A listing answers 200 with no rows and a total of 0. */
  z.strictObject({ kind: z.literal('empty') }),
  /** The vendor's own "too many calls"; `bare` leaves its body out (Mailchimp's edge does that). */
  z.strictObject({
    kind: z.literal('throttle'),
    retryAfterS: z.number().min(0).optional(),
    bare: z.boolean().optional(),
  }),
  /** All access tokens of the system expire just before the call. */
  z.strictObject({ kind: z.literal('expire-token') }),
  /** The whole grant is withdrawn just before the call. */
  z.strictObject({ kind: z.literal('revoke') }),
]);
export type FaultEffect = z.infer<typeof FaultEffect>;

/** Which calls go wrong, and how. Every given condition must hold. */
export const FaultRule = z.strictObject({
  /** Default: assigned. */
  id: z.string().min(1).optional(),
  system: z.string().min(1),
  method: z.string().min(1).optional(),
  /** Part of the path with its query, or a regular expression between slashes. */
  path: z.string().min(1).optional(),
  /** Name of the operation as `calls` counts it. */
  operation: z.string().min(1).optional(),
  /** Fires first on the n-th matching call from now on, from 1. Default 1. */
  nth: z.int().min(1).optional(),
  /** How often it fires in all; 0 = for ever. Default 1. */
  times: z.int().min(0).optional(),
  /** Fires on each k-th matching call; counted from `nth` where both are given. Default 1. */
  every: z.int().min(1).optional(),
  effect: FaultEffect,
});
export type FaultRule = z.infer<typeof FaultRule>;

/** The parts of a call that a rule can look at. */
export interface FaultSubject {
  system: string;
  method: string;
  path: string;
  operation: string;
}

interface ActiveRule {
  id: string;
  rule: FaultRule;
  matches: (call: FaultSubject) => boolean;
  seen: number;
  fired: number;
}

/** The rules in force, in the order they were added: the first that fires decides a call. */
export class Faults {
  #rules: ActiveRule[] = [];
  #nextId = 1;

  /** @returns the rule's id @throws SyntaxError on a malformed regular expression */
  add(rule: FaultRule): string {
    const id = rule.id ?? `fault-${this.#nextId++}`;
    this.#rules.push({ id, rule: { ...rule, id }, matches: matcherOf(rule), seen: 0, fired: 0 });
    return id;
  }

  /** Drops one rule, or all of them. */
  clear(id?: string): void {
    this.#rules = id === undefined ? [] : this.#rules.filter((active) => active.id !== id);
  }

  list(): Array<FaultRule & { seen: number; fired: number }> {
    return this.#rules.map(({ rule, seen, fired }) => ({ ...rule, seen, fired }));
  }

  /** Counts the call against every rule and gives the effect that hits it, if any. */
  strike(call: FaultSubject): FaultEffect | undefined {
    let effect: FaultEffect | undefined;
    for (const active of this.#rules) {
      if (!active.matches(call)) continue;
      active.seen += 1;
      if (effect !== undefined || !isDue(active)) continue;
      active.fired += 1;
      effect = active.rule.effect;
    }
    return effect;
  }
}

function isDue({ rule, seen, fired }: ActiveRule): boolean {
  const times = rule.times ?? 1;
  if (times !== 0 && fired >= times) return false;
  const every = rule.every ?? 1;
  const first = rule.nth ?? every;
  return seen >= first && (seen - first) % every === 0;
}

function matcherOf(rule: FaultRule): (call: FaultSubject) => boolean {
  const pattern = rule.path?.match(/^\/(.+)\/([dgimsuvy]*)$/);
  // A plain path starts with a slash, too: only one that ends in a slash, or in letters that are all flags, reads
  // as a pattern by mistake, and as a pattern it finds the same calls.
  const regex = pattern?.[1] === undefined ? undefined : new RegExp(pattern[1], pattern[2]);
  const method = rule.method?.toUpperCase();
  return (call) =>
    call.system === rule.system &&
    (method === undefined || call.method === method) &&
    (rule.operation === undefined || call.operation === rule.operation) &&
    (rule.path === undefined ||
      (regex === undefined ? call.path.includes(rule.path) : regex.test(call.path)));
}
