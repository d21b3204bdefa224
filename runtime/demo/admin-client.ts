import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import { z } from 'zod';

const counts = z.record(z.string(), z.number());
const seeded = z.object({
  salesforce: z.object({ contacts: z.number(), leads: z.number() }),
  /** By audience id. */
  mailchimp: counts,
  matched: z.object({ contacts: z.number(), leads: z.number() }),
  mess: counts,
});
const lived = z.object({ counts });
const record = z.record(z.string(), z.json());
const listing = z.object({ total: z.number(), records: z.array(record) });

export type Seeded = z.infer<typeof seeded>;

/** Where records are: a Salesforce object, a Mailchimp audience by its id, a collection of Xero. */
export type Place =
  | { readonly system: 'salesforce'; readonly object: string }
  | { readonly system: 'mailchimp' | 'xero'; readonly list: string };

/** What stands outside the simulated APIs: the people at both systems' screens. */
export interface AdminClient {
  seed(options: { readonly seed: number; readonly contacts: number }): Promise<Seeded>;
  /** A working day of edits, opt-outs, joiners and leavers; how often each kind happened. */
  live(options: { readonly seed: number; readonly edits: number }): Promise<Readonly<Record<string, number>>>;
  /** A person enters a record. @returns its id */
  enter(system: string, collection: string, values: object): Promise<string>;
  /** What else people do at a system's screens. */
  act(system: string, action: string, input: object): Promise<void>;
  /** Every record, in the vendor's own shape. */
  records(place: Place): Promise<JsonObject[]>;
}

const PAGE = 20_000;

export function createAdminClient(baseUrl: string): AdminClient {
  async function call<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    body?: object,
  ): Promise<z.output<Shape>> {
    const init =
      body === undefined
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          };
    const answer = await fetch(`${baseUrl}${path}`, init);
    if (!answer.ok) throw new StackbridgeError('BUG', `The sandbox answered ${answer.status} to ${path}`);
    return shape.parse(await answer.json());
  }
  return {
    seed: (options) => call('/seed', seeded, options),
    live: async (options) => (await call('/live', lived, options)).counts,
    enter: async (system, list, values) =>
      (await call('/records', z.object({ id: z.string() }), { system, list, values })).id,
    act: async (system, action, input) => void (await call(`/${system}/${action}`, z.unknown(), input)),
    async records(place) {
      const records: JsonObject[] = [];
      for (;;) {
        const query = new URLSearchParams({
          ...place,
          limit: String(PAGE),
          offset: String(records.length),
        });
        const page = await call(`/records?${query}`, listing);
        records.push(...page.records);
        if (page.records.length === 0 || records.length >= page.total) return records;
      }
    },
  };
}
