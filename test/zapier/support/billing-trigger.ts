import { type Item, items, LOOK_BACK_H, type Recipe, workOf, ZAPS } from './billing-zaps.ts';
import type { Platform } from './platform.ts';

/** The trigger of each billing recipe's Zap: what it shows for the first time, oldest first. */
export class BillingTrigger {
  readonly #platform: Platform;
  readonly #seen = new Set<string>();
  /** By name of the recipe: its text as the Zap is published. */
  readonly #published = new Map<string, string>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  async poll(recipe: Recipe): Promise<Item[]> {
    const published = this.#published.get(recipe.name);
    this.#published.set(recipe.name, recipe.text);
    // Whoever edits a Zap switches it on again: what it shows by then counts as seen.
    if (published !== undefined && published !== recipe.text)
      this.#unseen(recipe, await this.#show(recipe, { isPopulatingDedupe: true }));
    return this.#unseen(recipe, await this.#show(recipe, {})).toReversed();
  }

  async #show(recipe: Recipe, meta: object): Promise<Item[]> {
    const { trigger } = ZAPS[recipe.recipe];
    const input = { ...workOf(recipe), recipe: recipe.text, lookBack: LOOK_BACK_H, again: true };
    const end = await this.#platform.run(`triggers.${trigger}`, 'zoho', input, meta);
    return end.kind === 'done' ? items.parse(end.results) : [];
  }

  #unseen({ name }: Recipe, shown: readonly Item[]): Item[] {
    const fresh = shown.filter(({ id }) => !this.#seen.has(`${name} ${id}`));
    for (const { id } of shown) this.#seen.add(`${name} ${id}`);
    return fresh;
  }
}
