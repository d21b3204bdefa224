import type { SignInSystem } from '@stackbridge/credentials/systems.ts';
import { z } from 'zod';
import { AUDIENCE } from './contact-recipe.ts';
import { Platform, type StepEnd } from './platform.ts';
import type { PackagedStage } from './use-packaged-app.ts';

const MINUTE_MS = 60_000;
const items = z.array(z.looseObject({ id: z.string() }));

/** A Zap that is polled once a minute and shown each id once, whose recipe is edited between the polls. */
export class PolledZap {
  readonly #seen = new Set<string>();
  readonly #stage: PackagedStage;
  readonly #trigger: string;
  readonly #system: SignInSystem;
  readonly #settings: object;
  readonly #platform: Platform;

  constructor(stage: PackagedStage, trigger: string, system: SignInSystem, settings: object = {}) {
    this.#stage = stage;
    this.#trigger = trigger;
    this.#system = system;
    this.#settings = settings;
    this.#platform = new Platform(stage.app, stage.sandbox);
  }

  run(recipe: string, meta: object = {}): Promise<StepEnd> {
    this.#stage.sandbox.world.clock.advance(MINUTE_MS);
    const input = { recipe, lookBack: 1, again: true, object: 'Contact', audience: AUDIENCE };
    const filledIn = { ...input, ...this.#settings };
    return this.#platform.run(`triggers.${this.#trigger}`, this.#system, filledIn, meta);
  }

  /** @returns how many are new */
  async poll(recipe: string, meta: object = {}): Promise<number> {
    const end = await this.run(recipe, meta);
    const shown = items.parse(end.kind === 'done' ? end.results : end);
    const fresh = shown.filter(({ id }) => !this.#seen.has(id));
    for (const { id } of shown) this.#seen.add(id);
    return fresh.length;
  }
}
