import { createHmac } from 'node:crypto';
import { z } from 'zod';
import {
  type Letter,
  Outbox,
  type OutboxCounts,
  type OutboxRules,
  sendLetter,
} from '../../webhooks/outbox.ts';
import type { World } from '../../world.ts';
import type { Books } from '../books/books.ts';
import type { Ids } from '../books/ids.ts';

const CATEGORIES = ['CONTACT', 'INVOICE'] as const;
type Category = (typeof CATEGORIES)[number];

/** What the app's maker enters at Xero's developer site. */
export const WebhookSettings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** Signs the deliveries. Default: made up. */
  key: z.string().min(1).optional(),
  categories: z
    .array(z.enum(CATEGORIES))
    .min(1)
    .default([...CATEGORIES]),
});
export type WebhookSettings = z.infer<typeof WebhookSettings>;

/**
 * Nothing is delivered before the intent to receive is shown; an address that takes nothing for a day is switched
 * off until it is shown anew.
 */
type Status = 'intent-needed' | 'active' | 'disabled';

export const WebhookData = z.object({
  url: z.string(),
  key: z.string(),
  categories: z.array(z.enum(CATEGORIES)),
  status: z.enum(['intent-needed', 'active', 'disabled']) satisfies z.ZodType<Status>,
  /** Number of the next event. */
  nextEvent: z.number(),
});
export type WebhookData = z.infer<typeof WebhookData>;

interface Event {
  readonly category: Category;
  readonly id: string;
  readonly tenantId: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly atMs: number;
}

const TIMEOUT_MS = 5_000;
const QUARTER_HOUR_MS = 15 * 60_000;
const RETRIES_IN_A_DAY = 96;

/** The webhook of the app that the sandbox knows: contacts and invoices of every connected organisation. */
export class Webhooks {
  readonly #world: World;
  readonly #ids: Ids;
  readonly #isConnected: (tenantId: string) => boolean;
  readonly #outbox: Outbox;
  #data: WebhookData | undefined;
  #events: Event[] = [];

  constructor(world: World, ids: Ids, isConnected: (tenantId: string) => boolean) {
    this.#world = world;
    this.#ids = ids;
    this.#isConnected = isConnected;
    this.#outbox = new Outbox(world, this.#rules());
  }

  /** At once, at once again, then every 15 minutes for 24 hours. */
  #rules(): OutboxRules {
    return {
      waitsMs: [0, ...Array.from({ length: RETRIES_IN_A_DAY }, () => QUARTER_HOUR_MS)],
      timeoutMs: TIMEOUT_MS,
      concurrency: 1,
      // Nothing but a 200 with an empty body and no cookie counts as an answer.
      isAccepted: ({ status, body, setsCookies }) => status === 200 && body === '' && !setsCookies,
      givenUp: () => {
        if (this.#data !== undefined) this.#data = { ...this.#data, status: 'disabled' };
      },
    };
  }

  get data(): WebhookData | undefined {
    return this.#data;
  }

  restore(data: WebhookData | undefined): void {
    this.clear();
    this.#data = data;
  }

  clear(): void {
    this.#outbox.clear();
    this.#data = undefined;
    this.#events = [];
  }

  /** Enters an address, in place of the one before. */
  register({ url, key, categories }: WebhookSettings): { key: string; status: Status } {
    this.clear();
    const made = key ?? Buffer.from(`${this.#ids.next()}${this.#ids.next()}`).toString('base64');
    this.#data = { url, key: made, categories, status: 'intent-needed', nextEvent: 1 };
    return { key: made, status: 'intent-needed' };
  }

  /**
   * Posts without events, one signed rightly among others: the address must tell them apart.
   *
   * @throws RangeError where no address is entered
   */
  async checkIntent(): Promise<{ status: Status; faults: string[] }> {
    const data = this.#data;
    if (data === undefined) throw new RangeError('No webhook: enter its address first');
    const faults: string[] = [];
    for (const key of [`${data.key}x`, data.key, 'another key', data.key.toUpperCase()]) {
      const expected = key === data.key ? 200 : 401;
      const answer = await sendLetter(letterOf(data.url, key, this.#bodyOf([], 0, 0)), TIMEOUT_MS);
      if (answer.status !== expected) faults.push(`answered ${answer.status} instead of ${expected}`);
      if (answer.body !== '') faults.push('the answer has a body');
      if (answer.setsCookies) faults.push('the answer sets a cookie');
    }
    this.#data = { ...data, status: faults.length === 0 ? 'active' : 'intent-needed' };
    return { status: this.#data.status, faults };
  }

  /** Follows the contacts and invoices of an organisation. */
  watch(books: Books): void {
    const tenantId = books.organisation.id;
    books.contacts.watch(({ id }, isNew) => this.#note('CONTACT', tenantId, id, isNew));
    books.invoices.watch(({ id }, isNew) => this.#note('INVOICE', tenantId, id, isNew));
  }

  settle(): Promise<OutboxCounts> {
    this.#flush();
    return this.#outbox.settle();
  }

  #note(category: Category, tenantId: string, id: string, isNew: boolean): void {
    if (this.#data?.status !== 'active' || !this.#data.categories.includes(category)) return;
    if (!this.#isConnected(tenantId)) return;
    const isTold = this.#events.some((event) => event.category === category && event.id === id);
    if (isTold) return;
    const type = isNew ? 'CREATE' : 'UPDATE';
    this.#events.push({ category, id, tenantId, type, atMs: this.#world.clock.now() });
    if (this.#events.length === 1) setImmediate(() => this.#flush());
  }

  /** What happened together is told in one post. */
  #flush(): void {
    const events = this.#events;
    const data = this.#data;
    if (data === undefined || events.length === 0) return;
    this.#events = [];
    const last = data.nextEvent + events.length - 1;
    this.#outbox.post(letterOf(data.url, data.key, this.#bodyOf(events, data.nextEvent, last)));
    this.#data = { ...data, nextEvent: last + 1 };
  }

  #bodyOf(events: readonly Event[], first: number, last: number): string {
    return JSON.stringify({
      events: events.map(({ category, id, tenantId, type, atMs }) => ({
        resourceUrl: `${this.#world.origin}/xero/api.xro/2.0/${category === 'CONTACT' ? 'Contacts' : 'Invoices'}/${id}`,
        resourceId: id,
        tenantId,
        tenantType: 'ORGANISATION',
        eventCategory: category,
        eventType: type,
        // No zone: it is UTC.
        eventDateUtc: new Date(atMs).toISOString().slice(0, -1),
      })),
      firstEventSequence: first,
      lastEventSequence: last,
      entropy: this.#ids.next().replaceAll('-', '').slice(0, 20).toUpperCase(),
    });
  }
}

function letterOf(url: string, key: string, body: string): Letter {
  const signature = createHmac('sha256', key).update(body).digest('base64');
  return {
    url,
    headers: {
      'content-type': 'application/json',
      'x-xero-signature': signature,
      'user-agent': 'Xero-Webhooks',
    },
    body,
  };
}
