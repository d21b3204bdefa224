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

/** What an item comes to if it is not there after all. */
type Otherwise = { readonly kind: 'refused' | 'uncertain'; readonly error: StackbridgeError };

/**
 * Creates a batch so that nothing is created twice: what was not answered is looked up by its key, and only what is not
 * there is sent once more.
 *
 * @param settle told once for each item that was sent, also before this rejects
 */
export async function createBatch<Item extends BatchItem, Held>(
  client: SystemClient,
  items: readonly Item[],
  creation: Creation<Item, Held>,
  settle: (item: Item, outcome: Outcome<Held>) => void,
): Promise<void> {
  /** Sent, and nobody knows yet whether it is there. */
  const open = new Map<Item, Otherwise>();
  const send = (some: readonly Item[], attempt: number): Promise<void> =>
    sendHalving(
      some,
      (part) => creation.send(part, attempt),
      (item, outcome) => {
        const isAgain = open.delete(item);
        if (outcome.kind === 'uncertain' || (isAgain && isTaken(outcome))) open.set(item, outcome);
        else settle(item, outcome);
      },
    );
  try {
    await send(items, 1);
    if (open.size === 0) return;
    client.log.info('unanswered creates are looked up', { system: 'xero', count: open.size });
    await settleFound(open, creation, settle);
    if (open.size > 0 && mayBeSentAgain(open, items, creation)) {
      await send([...open.keys()], isAnsweredWithError(open) ? 2 : 1);
      await settleFound(open, creation, settle);
    }
  } catch (error) {
    for (const [item, { error: why }] of open) settle(item, { kind: 'uncertain', error: why });
    if (error instanceof StackbridgeError && !concernsConnection(error) && !isOutcomeUnknown(error)) return;
    throw error;
  }
  for (const [item, otherwise] of open) settle(item, otherwise);
}

/** The first send may have landed after it was looked for: then it is what the second one is refused for. */
function isTaken<Held>(outcome: Outcome<Held>): outcome is Otherwise {
  return outcome.kind === 'refused' && outcome.error.code === 'DOCUMENT_UNKNOWN';
}

/**
 * Where Xero would not refuse a second one, an answer that came late could double it: then only a batch of which
 * nothing has landed is sent again, under the same idempotency key.
 */
function mayBeSentAgain<Item, Held>(
  missing: ReadonlyMap<Item, unknown>,
  items: readonly Item[],
  { isKeyUnique }: Creation<Item, Held>,
): boolean {
  return isKeyUnique || missing.size === items.length;
}

/** Xero keeps its answer to a key, errors too: after one the same key would only bring it back. */
function isAnsweredWithError(missing: ReadonlyMap<unknown, Otherwise>): boolean {
  return missing.values().some(({ error }) => hasServerError(error));
}

function hasServerError(error: unknown): boolean {
  if (!(error instanceof StackbridgeError)) return false;
  return error.code === 'SERVER_ERROR' || hasServerError(error.context.cause);
}

/** Takes what is there off the open ones. */
async function settleFound<Item extends BatchItem, Held>(
  open: Map<Item, Otherwise>,
  { lookUp, keyOf }: Creation<Item, Held>,
  settle: (item: Item, outcome: Outcome<Held>) => void,
): Promise<void> {
  if (open.size === 0) return;
  const found = await lookUp([...open.keys()]);
  const byKey = new Map(found.map((held) => [textKey(keyOf(held)), held]));
  for (const item of [...open.keys()]) {
    const held = byKey.get(textKey(item.key));
    if (held === undefined) continue;
    open.delete(item);
    settle(item, { kind: 'written', held });
  }
}
