import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { type BatchItem, type Outcome, sendHalving } from './batch.ts';
import { concernsConnection, isOutcomeUnknown } from './errors.ts';
import { textKey } from './identity.ts';

export interface Creation<Item, Held> {
  readonly send: (items: readonly Item[], attempt: number) => Promise<Outcome<Held>[]>;
  /** What is there of the items, in any order. */
  readonly lookUp: (items: readonly Item[]) => Promise<readonly Held[]>;
  readonly keyOf: (held: Held) => string;
  /** Xero itself refuses a second one with the same key. */
  readonly isKeyUnique: boolean;
}

/**
 * Creates a batch so that nothing is created twice: what was not answered is looked up by its key, and only what is not
 * there is sent once more.
 *
 * @param settle told once for each item, also before this rejects
 */
export async function createBatch<Item extends BatchItem, Held>(
  client: SystemClient,
  items: readonly Item[],
  creation: Creation<Item, Held>,
  settle: (item: Item, outcome: Outcome<Held>) => void,
): Promise<void> {
  const unanswered: { item: Item; error: StackbridgeError }[] = [];
  const open = (item: Item, outcome: Outcome<Held>): void => {
    if (outcome.kind === 'uncertain') unanswered.push({ item, error: outcome.error });
    else settle(item, outcome);
  };
  await sendHalving(items, (some) => creation.send(some, 1), open);
  if (unanswered.length === 0) return;

  client.log.info('unanswered creates are looked up', { system: 'xero', count: unanswered.length });
  const missing = await settleFound(unanswered, creation, settle);
  const resendable = mayBeSentAgain(missing, items, creation);
  for (const { item, error } of missing) {
    if (!resendable) settle(item, { kind: 'uncertain', error });
  }
  if (!resendable || missing.length === 0) return;

  const again: { item: Item; error: StackbridgeError }[] = [];
  const send = (some: readonly Item[]): Promise<Outcome<Held>[]> =>
    creation.send(some, isAnsweredWithError(missing) ? 2 : 1);
  await sendHalving(
    missing.map(({ item }) => item),
    send,
    (item, outcome) => {
      if (outcome.kind === 'uncertain') again.push({ item, error: outcome.error });
      else settle(item, outcome);
    },
  );
  for (const { item, error } of await settleFound(again, creation, settle)) {
    settle(item, { kind: 'uncertain', error });
  }
}

/**
 * Where Xero would not refuse a second one, an answer that came late could double it: then only a batch of which
 * nothing has landed is sent again, under the same idempotency key.
 */
function mayBeSentAgain<Item, Held>(
  missing: readonly unknown[],
  items: readonly Item[],
  { isKeyUnique }: Creation<Item, Held>,
): boolean {
  return isKeyUnique || missing.length === items.length;
}

/** Xero keeps its answer to a key, errors too: after one the same key would only bring it back. */
function isAnsweredWithError(missing: readonly { error: StackbridgeError }[]): boolean {
  return missing.some(({ error }) => hasServerError(error));
}

function hasServerError(error: unknown): boolean {
  if (!(error instanceof StackbridgeError)) return false;
  return error.code === 'SERVER_ERROR' || hasServerError(error.context.cause);
}

/** @returns what is not there */
async function settleFound<Item extends BatchItem, Held>(
  unanswered: readonly { item: Item; error: StackbridgeError }[],
  { lookUp, keyOf }: Creation<Item, Held>,
  settle: (item: Item, outcome: Outcome<Held>) => void,
): Promise<{ item: Item; error: StackbridgeError }[]> {
  if (unanswered.length === 0) return [];
  let found: readonly Held[];
  try {
    found = await lookUp(unanswered.map(({ item }) => item));
  } catch (error) {
    for (const { item, error: unknown } of unanswered) settle(item, { kind: 'uncertain', error: unknown });
    if (error instanceof StackbridgeError && !concernsConnection(error) && !isOutcomeUnknown(error))
      return [];
    throw error;
  }
  const byKey = new Map(found.map((held) => [textKey(keyOf(held)), held]));
  return unanswered.flatMap((one) => {
    const held = byKey.get(textKey(one.item.key));
    if (held === undefined) return [one];
    settle(one.item, { kind: 'written', held });
    return [];
  });
}
