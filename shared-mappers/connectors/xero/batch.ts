import { z } from 'zod';
import { NoAnswerError, StackbridgeError } from '../../errors/stackbridge-error.ts';
import { type ExactJsonObject, parseExactBodyAs, toExactJson } from '../../http/exact-json.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { Instant } from '../../model/instant.ts';
import { JSON_BODY, withQuery } from './api.ts';
import { XERO_CAPABILITIES } from './capabilities.ts';
import { refusalOfElement, warningsOfElement } from './element.ts';
import { concernsConnection, isOutcomeUnknown } from './errors.ts';
import { byteLength, idempotencyKey, textKey } from './identity.ts';

export type Outcome<Held> =
  | { readonly kind: 'written'; readonly held: Held }
  | { readonly kind: 'refused' | 'uncertain'; readonly error: StackbridgeError };

/** One element of a batch, found again in the answer by its key. */
export interface BatchItem {
  readonly key: string;
  readonly payload: ExactJsonObject;
  /** What it writes over, as text: the same write over something else is another one. Default: nothing. */
  readonly over?: string;
}

export interface BatchCall<Held> {
  /** `PUT` creates only; `POST` updates what it finds by its id. */
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Property of both bodies that holds the elements. */
  readonly rows: string;
  /** Undefined for an element that is not as it should be. */
  readonly read: (element: unknown) => Held | undefined;
  readonly keyOf: (held: Held) => string;
  /** Tells sends apart that must not get the same answer; from 1. */
  readonly attempt: number;
  /** When it was first sent: a repeat that must get the same answer keeps it. Default: now. */
  readonly firstSentAt?: Instant;
}

/** Answers stay with the elements: one refused element does not refuse the others. */
const APART = { summarizeErrors: 'false' } as const;
const MINUTE_MS = 60_000;

/** Writes a batch in one call. Outcomes stand in the order of the items. Rejects where the call as a whole failed. */
export async function sendBatch<Held>(
  client: SystemClient,
  items: readonly BatchItem[],
  call: BatchCall<Held>,
): Promise<Outcome<Held>[]> {
  const { method, rows, query, attempt } = call;
  const path = withQuery(call.path, { ...APART, ...query });
  const body = toExactJson({ [rows]: items.map(({ payload }) => payload) });
  const minute = Math.floor((call.firstSentAt ?? client.clock.now()) / MINUTE_MS);
  const over = items.map((item) => item.over ?? '').join('\n');
  const headers = { ...JSON_BODY, 'idempotency-key': idempotencyKey(path, { body, over, minute, attempt }) };
  const answer = await client.send({ method, path, headers, body }, { repeatable: method === 'POST' });
  const shape = z.looseObject({ [rows]: z.array(z.unknown()) });
  const elements = z.array(z.unknown()).parse(parseExactBodyAs(shape, answer.body, 'xero')[rows]);
  return inOrder(client, items, elements, call);
}

/** Elements come back in the order they were sent; what an element says of itself counts more than its place. */
function inOrder<Held>(
  client: SystemClient,
  items: readonly BatchItem[],
  elements: readonly unknown[],
  { read, keyOf, rows }: BatchCall<Held>,
): Outcome<Held>[] {
  const written = new Map<string, Held>();
  for (const element of elements) {
    const held = refusalOfElement(element) === undefined ? read(element) : undefined;
    if (held !== undefined) written.set(textKey(keyOf(held)), held);
    for (const warning of warningsOfElement(element)) client.log.warn('xero warns', { rows, warning });
  }
  return items.map(({ key }, index) => {
    const held = written.get(textKey(key));
    if (held !== undefined) return { kind: 'written', held };
    const error = elements.length === items.length ? refusalOfElement(elements[index]) : undefined;
    return error === undefined ? unmentioned() : { kind: 'refused', error };
  });
}

/**
 * Sends items; where they are refused whole, halves them until the one at fault is found.
 *
 * @param settle told once for each item
 */
export async function sendHalving<Item, Held>(
  items: readonly Item[],
  send: (items: readonly Item[]) => Promise<Outcome<Held>[]>,
  settle: (item: Item, outcome: Outcome<Held>) => void,
): Promise<void> {
  try {
    const outcomes = await send(items);
    for (const [index, item] of items.entries()) settle(item, outcomes[index] ?? unmentioned());
  } catch (error) {
    if (!(error instanceof StackbridgeError) || concernsConnection(error)) throw error;
    if (error.class === 'Rejected' && items.length > 1) {
      const middle = Math.ceil(items.length / 2);
      await sendHalving(items.slice(0, middle), send, settle);
      await sendHalving(items.slice(middle), send, settle);
      return;
    }
    const kind = isOutcomeUnknown(error) ? 'uncertain' : 'refused';
    for (const item of items) settle(item, { kind, error });
  }
}

/** Cuts items so that no request holds more than Xero takes. */
export function batchesOf<Item extends BatchItem>(items: readonly Item[]): Item[][] {
  const { writeBatch, maxBodyBytes } = XERO_CAPABILITIES;
  const batches: Item[][] = [];
  let batch: Item[] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const added = byteLength(toExactJson(item.payload)) + 1;
    if (batch.length >= writeBatch || bytes + added > maxBodyBytes) {
      batch = [];
      batches.push(batch);
      bytes = 0;
    }
    batch.push(item);
    bytes += added;
  }
  return batches;
}

function unmentioned<Held>(): Outcome<Held> {
  const error = new NoAnswerError('Xero gave no result for this element', 'unknown', { system: 'xero' });
  return { kind: 'uncertain', error };
}
