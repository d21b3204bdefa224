import type { ConsentState } from '../mapping/compiled-rule.ts';
import type { Base } from '../model/base.ts';

/** What each side last said, as remembered in the base: two letters, left then right. */
export interface ConsentBase {
  readonly left: ConsentState;
  readonly right: ConsentState;
}

export interface ConsentOptions {
  /** The CRM withdrew its opt-out, the member is still out: `ask` sends Mailchimp's double opt-in mail. */
  readonly optIn: 'ignore' | 'ask';
  /** The person subscribed again in Mailchimp, the CRM still says out. */
  readonly resubscribe: 'honour' | 'review' | 'keep-out';
}

export interface ConsentInput {
  readonly base: ConsentBase | undefined;
  /** undefined: not read, so at its base. */
  readonly left: ConsentState | undefined;
  readonly right: ConsentState | undefined;
  /** Other CRM records with the same address. */
  readonly followers: readonly ConsentState[];
  /** Records were merged since the base: the strictest of what either said holds. */
  readonly merged?: boolean;
}

/** What consent asks for. Nothing here ever subscribes anybody. */
export interface ConsentDecision {
  readonly left: 'keep' | 'out' | 'in';
  readonly right: 'keep' | 'opt-out' | 'ask-again';
  /** What followers are to say. */
  readonly followers: 'keep' | 'out' | 'in';
  readonly conflict: boolean;
  /** What to remember once the writes have succeeded. */
  readonly after: ConsentBase;
}

/** An opt-out on either side wins over every policy and every clock, in both directions. */
export function mergeConsent(input: ConsentInput, options: ConsentOptions): ConsentDecision {
  const left = input.left ?? input.base?.left ?? 'unset';
  const right = input.right ?? input.base?.right ?? 'in';
  const wasOut = input.base?.left === 'out' && input.base.right === 'out';
  const leftGroupOut = left === 'out' || input.followers.includes('out');
  const strictlyOut = input.merged === true && (input.base?.left === 'out' || input.base?.right === 'out');

  const keep = { left: 'keep', right: 'keep', followers: 'keep', conflict: false } as const;

  if (!leftGroupOut && !strictlyOut && right !== 'out') return { ...keep, after: { left, right } };

  const resubscribed = wasOut && leftGroupOut && isWilling(right) && !strictlyOut;
  if (resubscribed && options.resubscribe === 'honour') {
    return { ...keep, left: left === 'out' ? 'in' : 'keep', followers: 'in', after: { left: 'in', right } };
  }
  if (resubscribed && options.resubscribe === 'review') {
    return { ...keep, conflict: true, after: { left: 'out', right: 'out' } };
  }

  const optedInByCrm = wasOut && left === 'in' && !leftGroupOut && right === 'out' && !strictlyOut;
  if (optedInByCrm && options.optIn === 'ask') {
    return { ...keep, right: 'ask-again', after: { left: 'in', right: 'pending' } };
  }

  return {
    left: left === 'out' ? 'keep' : 'out',
    right: isWilling(right) ? 'opt-out' : 'keep',
    followers: 'out',
    conflict: false,
    after: { left: 'out', right: isWilling(right) ? 'out' : right },
  };
}

function isWilling(state: ConsentState): boolean {
  return state === 'in' || state === 'pending';
}

const LETTERS: Readonly<Record<ConsentState, string>> = {
  in: 'i',
  out: 'o',
  pending: 'p',
  cleaned: 'c',
  none: 'n',
  unset: 'u',
};
const STATES: ReadonlyMap<string, ConsentState> = new Map([
  ['i', 'in'],
  ['o', 'out'],
  ['p', 'pending'],
  ['c', 'cleaned'],
  ['n', 'none'],
  ['u', 'unset'],
]);

/** Keys of the two consent entries in a base; rule keys have four characters. */
const LEFT_KEY = 'cl';
const RIGHT_KEY = 'cr';

export function consentLetter(state: ConsentState): string {
  return LETTERS[state];
}

/** Two letters, left then right; `.` stands for a side that this write does not settle. */
export function consentEntries(letters: string): Readonly<Record<string, string>> {
  const [left = '.', right = '.'] = letters;
  return { ...(left === '.' ? {} : { [LEFT_KEY]: left }), ...(right === '.' ? {} : { [RIGHT_KEY]: right }) };
}

export function consentBaseOf(base: Base): ConsentBase | undefined {
  const left = STATES.get(base.get(LEFT_KEY) ?? '');
  const right = STATES.get(base.get(RIGHT_KEY) ?? '');
  return left === undefined || right === undefined ? undefined : { left, right };
}
