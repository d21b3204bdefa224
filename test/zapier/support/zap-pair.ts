import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import { signedIn } from './auth-data.ts';
import type { Given, Outcome, PackagedApp } from './packaged-app.ts';

const items = z.array(z.looseObject({ id: z.string(), record: z.string() }));
type Item = z.infer<typeof items>[number];

/** A Zap of each direction, run as the platform runs them: new ids only, oldest first, one action an item. */
export class ZapPair {
  readonly #app: PackagedApp;
  readonly #sandbox: Sandbox;
  readonly #recipe: string;
  readonly #audience: string;
  readonly #seen = new Set<string>();
  /** Everything that came in, in that order. */
  readonly delivered: { readonly to: 'mailchimp' | 'salesforce'; readonly item: Item }[] = [];

  constructor(app: PackagedApp, sandbox: Sandbox, recipe: string, audience: string) {
    this.#app = app;
    this.#sandbox = sandbox;
    this.#recipe = recipe;
    this.#audience = audience;
  }

  /** @param to the direction, by where it writes */
  async poll(to: 'mailchimp' | 'salesforce'): Promise<Item[]> {
    const keys =
      to === 'mailchimp'
        ? ['salesforce_record_changed', 'salesforce_record_removed']
        : ['mailchimp_member_changed'];
    const fresh: Item[] = [];
    for (const key of keys) {
      const outcome = await this.#app.call(`triggers.${key}.operation.perform`, {
        authData: signedIn(this.#sandbox)[to === 'mailchimp' ? 'salesforce' : 'mailchimp'],
        inputData: { recipe: this.#recipe, object: 'Contact', audience: this.#audience },
      });
      const found = items.parse('results' in outcome ? outcome.results : outcome.error.message);
      fresh.push(...found.filter(({ id }) => !this.#seen.has(`${key} ${id}`)).toReversed());
      for (const { id } of found) this.#seen.add(`${key} ${id}`);
    }
    return fresh;
  }

  act(to: 'mailchimp' | 'salesforce', item: Pick<Item, 'record'>, given: Given = {}): Promise<Outcome> {
    return this.#app.call(`creates.sync_to_${to}.operation.perform`, {
      authData: signedIn(this.#sandbox)[to],
      ...given,
      inputData: { recipe: this.#recipe, record: item.record, ...given.inputData },
    });
  }

  /** Both Zaps, again and again, until neither finds anything new. @returns how each delivery ended */
  async run(): Promise<string[]> {
    const ended: string[] = [];
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      let isQuiet = true;
      for (const to of ['mailchimp', 'salesforce'] as const) {
        for (const item of await this.poll(to)) {
          isQuiet = false;
          this.delivered.push({ to, item });
          const outcome = await this.act(to, item);
          ended.push(`${to} ${wordFor(outcome)}`);
          this.#sandbox.world.clock.advance(1_000);
        }
      }
      if (isQuiet) return ended;
    }
    throw new Error(`The Zaps never come to rest: ${ended.slice(-8).join(', ')}`);
  }
}

/** More would be a loop. */
const MOST_ROUNDS = 8;

const result = z.object({ outcome: z.string() });

export function wordFor(outcome: Outcome): string {
  return 'error' in outcome
    ? `${outcome.error.name}: ${outcome.error.message}`
    : result.parse(outcome.results).outcome;
}
