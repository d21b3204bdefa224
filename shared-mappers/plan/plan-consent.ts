import type { ConsentState } from '../mapping/compiled-rule.ts';
import {
  type ConsentDecision,
  type ConsentOptions,
  consentBaseOf,
  consentEntries,
  consentLetter,
  mergeConsent,
} from '../merge/consent.ts';
import type { Base } from '../model/base.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Side } from '../model/side.ts';
import type { Decision } from '../ports/store.ts';
import type { PlanContext } from './contact-group.ts';
import type { FieldChange } from './operation.ts';

export const CONSENT_NAME = 'consent';

/** What consent asks to be written, side by side. */
export interface ConsentPlan {
  readonly decision: ConsentDecision;
  readonly left: FieldChange | undefined;
  /** An opt-out of the member. */
  readonly right: FieldChange | undefined;
  readonly askAgain: FieldChange | undefined;
  /** Base entries that need no write. */
  readonly agreed: Readonly<Record<string, string>>;
  /** A person's decision that needs no write any more. */
  readonly settled: readonly string[];
  /** The left's consent differs from what the base remembers, so that followers not read have to follow. */
  readonly moved: boolean;
}

/** Both sides say what they said before, and nobody is out: nothing follows. */
const AT_REST: ConsentPlan = {
  decision: {
    left: 'keep',
    right: 'keep',
    followers: 'keep',
    conflict: false,
    after: { left: 'in', right: 'in' },
  },
  left: undefined,
  right: undefined,
  askAgain: undefined,
  agreed: {},
  moved: false,
  settled: [],
};

/** Merges what the owner, its followers and the member say about mail. undefined where the recipe maps no consent. */
export function planConsent(
  left: SourceRecord | undefined,
  right: SourceRecord | undefined,
  followers: readonly SourceRecord[],
  base: Base,
  decisions: readonly Decision[],
  merged: boolean,
  context: PlanContext,
): ConsentPlan | undefined {
  const consent = context.map.consent;
  if (consent === undefined) return undefined;
  const remembered = consentBaseOf(base);
  const leftState = left === undefined ? undefined : consent.read.left(left.values);
  const rightState = right === undefined ? undefined : consent.read.right(right.values);
  const isKnown = leftState === remembered?.left && rightState === remembered?.right;
  const nobodyIsOut = leftState !== 'out' && rightState !== 'out' && leftState !== undefined;
  if (isKnown && nobodyIsOut && followers.length === 0 && decisions.length === 0) return AT_REST;
  const decision = mergeConsent(
    {
      base: remembered,
      left: leftState,
      right: rightState,
      followers: followers.map((record) => consent.read.left(record.values)),
      merged,
    },
    decided(decisions, context.options.consent),
  );
  const { after } = decision;
  // An opt-in is remembered only once it is written; what is stricter may be remembered at once.
  const hasty = decision.left === 'in' || decision.right === 'ask-again';
  const settledLeft = decision.left === 'keep' && !hasty && after.left !== remembered?.left;
  const settledRight = decision.right === 'keep' && !hasty && after.right !== remembered?.right;
  return {
    decision,
    left:
      decision.left === 'keep'
        ? undefined
        : consentChange(
            decision.left,
            decision.left === 'in' ? `i${consentLetter(after.right)}` : 'o.',
            leftState,
          ),
    right: decision.right === 'opt-out' ? consentChange('out', '.o', rightState) : undefined,
    askAgain:
      decision.right === 'ask-again'
        ? { ...consentChange('in', 'ip', rightState), reason: 'changed' }
        : undefined,
    agreed: consentEntries(
      (settledLeft ? consentLetter(after.left) : '.') + (settledRight ? consentLetter(after.right) : '.'),
    ),
    moved: after.left !== remembered?.left,
    settled: decisions.some(({ field }) => field === CONSENT_NAME) ? [CONSENT_NAME] : [],
  };
}

/** A person has said whether the new subscription counts. */
function decided(decisions: readonly Decision[], options: ConsentOptions): ConsentOptions {
  const decision = decisions.find(({ field }) => field === CONSENT_NAME);
  if (decision === undefined || !('side' in decision.take)) return options;
  return { ...options, resubscribe: decision.take.side === 'right' ? 'honour' : 'keep-out' };
}

export function consentOf(record: SourceRecord, side: Side, context: PlanContext): ConsentState {
  return context.map.consent?.read[side](record.values) ?? 'unset';
}

/** The base of a person whose place somebody takes after having said "no mail". */
export function withOptOut(base: Base): Base {
  return new Map([...base, ...Object.entries(consentEntries(`${consentLetter('out')}.`))]);
}

/** The consent line of an operation: `to` is `in` or `out`, `letters` what the base remembers once it is written. */
export function consentChange(
  to: 'in' | 'out',
  letters: string,
  from: ConsentState | undefined,
): FieldChange {
  return {
    rule: -1,
    name: CONSENT_NAME,
    ...(from === undefined ? {} : { from }),
    to,
    reason: to === 'out' ? 'opt-out' : 'resubscribed',
    entry: letters,
  };
}
