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

/** An item of which it is open whether it is there, and what it comes to if it is not. */
interface Open<Item> {
  readonly item: Item;
  readonly otherwise: { readonly kind: 'refused' | 'uncertain'; readonly error: StackbridgeError };
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
  const unanswered: Open<Item>[] = [];
  await sendHalving(
    items,
    (some) => creation.send(some, 1),
    (item, outcome) => {
      if (outcome.kind === 'uncertain') unanswered.push({ item, otherwise: outcome });
      else settle(item, outcome);
    },
  );
  if (unanswered.length === 0) return;

  client.log.info('unanswered creates are looked up', { system: 'xero', count: unanswered.length });
  const missing = await settleFound(unanswered, creation, settle);
  if (missing.length === 0) return;
  if (!mayBeSentAgain(missing, items, creation)) {
    for (const { item, otherwise } of missing) settle(item, otherwise);
    return;
  }
  const attempt = isAnsweredWithError(missing) ? 2 : 1;
  const open: Open<Item>[] = [];
  await sendHalving(
    missing.map(({ item }) => item),
    (some) => creation.send(some, attempt),
    (item, outcome) => {
      if (outcome.kind === 'uncertain' || isTaken(outcome)) open.push({ item, otherwise: outcome });
      else settle(item, outcome);
    },
  );
  for (const { item, otherwise } of await settleFound(open, creation, settle)) settle(item, otherwise);
}

/** The first send may have landed after it was looked for: then it is what the second one is refused for. */
function isTaken<Held>(outcome: Outcome<Held>): outcome is Open<never>['otherwise'] {
  return outcome.kind === 'refused' && outcome.error.code === 'DOCUMENT_UNKNOWN';
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
function isAnsweredWithError(missing: readonly Open<unknown>[]): boolean {
  return missing.some(({ otherwise }) => hasServerError(otherwise.error));
}

function hasServerError(error: unknown): boolean {
  if (!(error instanceof StackbridgeError)) return false;
  return error.code === 'SERVER_ERROR' || hasServerError(error.context.cause);
}

/** @returns what is not there */
async function settleFound<Item extends BatchItem, Held>(
  open: readonly Open<Item>[],
  { lookUp, keyOf }: Creation<Item, Held>,
  settle: (item: Item, outcome: Outcome<Held>) => void,
): Promise<Open<Item>[]> {
  if (open.length === 0) return [];
  let found: readonly Held[];
  try {
    found = await lookUp(open.map(({ item }) => item));
  } catch (error) {
    for (const { item, otherwise } of open) settle(item, { kind: 'uncertain', error: otherwise.error });
    if (error instanceof StackbridgeError && !concernsConnection(error) && !isOutcomeUnknown(error))
      return [];
    throw error;
  }
  const byKey = new Map(found.map((held) => [textKey(keyOf(held)), held]));
  return open.filter(({ item }) => {
    const held = byKey.get(textKey(item.key));
    if (held !== undefined) settle(item, { kind: 'written', held });
    return held === undefined;
  });
}
