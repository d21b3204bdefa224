import { z } from 'zod';
import { type InXero, type Item, items, LOOK_BACK_H, type Recipe, workOf, ZAPS } from './billing-zaps.ts';
import type { Platform } from './platform.ts';

const documents = z.array(z.looseObject({ id: z.string(), number: z.string(), status: z.string() }));

/** The Zaps that begin in Xero: each goes on for what was voided or deleted only, and looks up what it billed. */
export class VoidedDocuments {
  readonly #platform: Platform;
  readonly #seen = new Set<string>();

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** What the searches have found for the billing step. */
  async poll(recipe: Recipe): Promise<Item[]> {
    const { inXero } = ZAPS[recipe.recipe];
    const found: Item[] = [];
    if (inXero === undefined) return found;
    for (const kind of inXero.kinds) found.push(...(await this.#pollOf(recipe, kind, inXero)));
    return found;
  }

  async #pollOf(recipe: Recipe, kind: string, { number: ours, search, by }: InXero): Promise<Item[]> {
    const polled = { kind, lookBack: LOOK_BACK_H };
    const end = await this.#platform.run('triggers.xero_invoice_updated', 'xero', polled);
    if (end.kind !== 'done') return [];
    const seen = (id: string): string => `${recipe.name} ${id}`;
    const fresh = documents.parse(end.results).filter(({ id }) => !this.#seen.has(seen(id)));
    const found: Item[] = [];
    for (const { id, number, status } of fresh) {
      this.#seen.add(seen(id));
      if (!['voided', 'deleted'].includes(status) || !ours.test(number)) continue;
      const input = { ...workOf(recipe), [by]: number };
      const looked = await this.#platform.run(`searches.${search}`, 'zoho', input);
      if (looked.kind === 'done') found.push(...items.parse(looked.results));
    }
    return found;
  }
}
