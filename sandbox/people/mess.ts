import type { Draft, MessTools } from './draft.ts';
import { consentMess } from './mess-consent.ts';
import { contactMess } from './mess-contacts.ts';
import { textMess } from './mess-text.ts';

/** One kind of disorder that real records have. */
export interface Mess {
  kind: string;
  /** How often compared with the others. */
  weight: number;
  /** Makes it, if this draft can have it. @returns whether it did */
  make(draft: Draft, tools: MessTools): boolean;
}

const MESSES: readonly Mess[] = [...textMess, ...contactMess, ...consentMess];
const TOTAL_WEIGHT = MESSES.reduce((sum, mess) => sum + mess.weight, 0);

/** Every kind, so that a manifest can say 0. */
export const MESS_KINDS: readonly string[] = MESSES.map((mess) => mess.kind);

/** Tries kinds of mess until one fits the draft. @returns its kind, undefined when none did in a few tries */
export function makeMess(draft: Draft, tools: MessTools): string | undefined {
  for (let tries = 0; tries < 8; tries++) {
    const mess = drawMess(tools.dice.whole(TOTAL_WEIGHT));
    if (mess?.make(draft, tools) === true) return mess.kind;
  }
  return undefined;
}

function drawMess(ticket: number): Mess | undefined {
  let left = ticket;
  for (const mess of MESSES) {
    if (left < mess.weight) return mess;
    left -= mess.weight;
  }
  return undefined;
}
