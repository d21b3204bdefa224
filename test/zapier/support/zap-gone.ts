import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { BillingAnswer } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import { z } from 'zod';
import type { Platform } from './platform.ts';

/** Which list of the books a recipe's Zap for what is gone looks at. */
const LISTS: Readonly<Partial<Record<string, string>>> = {
  'expenses/v1': 'expenses',
  'zoho-invoice/v1': 'invoices',
};

const items = z.array(z.object({ id: z.string(), listing: z.string() }));
type Item = z.output<typeof items>[number];

const code = z.custom<ErrorCode>((given) => typeof given === 'string' && given in ERROR_CODES);
const question = z.looseObject({
  subject: z.string(),
  message: z.string(),
  code,
  documentNumber: z.string(),
  differenceKey: z.string(),
  gone: z.string(),
});
type Question = z.output<typeof question>;
const found = z.looseObject({ questions: z.array(question) });
const answered = z.looseObject({ outcome: z.string() });

interface Recipe {
  readonly recipe: string;
  readonly name: string;
  readonly text: string;
}

interface Looked {
  readonly recipe: Recipe;
  readonly item: Item;
  readonly questions: readonly Question[];
}

/** As far apart as polls are, which leaves Xero's limit of a minute alone. */
const BETWEEN_RUNS_MS = 60_000;

/** The Zap of each recipe that looks for what is gone from the books, on a platform that dedupes. */
export class ZapGone {
  readonly #platform: Platform;
  readonly #sandbox: Sandbox;
  readonly #seen = new Set<string>();
  /** By recipe: its last run. */
  readonly #looked = new Map<string, Looked>();

  constructor(platform: Platform, sandbox: Sandbox) {
    this.#platform = platform;
    this.#sandbox = sandbox;
  }

  /** Whoever has mended something in Xero replays the run that asked. */
  async run(recipe: Recipe): Promise<void> {
    const list = LISTS[recipe.recipe];
    if (list === undefined) return;
    const end = await this.#platform.run('triggers.zoho_books_listed', 'zoho', { list });
    const fresh =
      end.kind === 'done'
        ? items.parse(end.results).filter(({ id }) => !this.#seen.has(`${recipe.name} ${id}`))
        : [];
    for (const { id } of fresh) this.#seen.add(`${recipe.name} ${id}`);
    const last = this.#looked.get(recipe.name);
    const due = fresh.length === 0 && last !== undefined && last.questions.length > 0 ? [last.item] : fresh;
    for (const item of due) {
      await this.#look(recipe, item);
      this.#sandbox.world.clock.advance(BETWEEN_RUNS_MS);
    }
  }

  async #look(recipe: Recipe, item: Item): Promise<void> {
    const input = { recipe: recipe.text, listing: item.listing };
    const end = await this.#platform.run('creates.xero_gone', 'xero', input);
    // It is replayed with what is listed next.
    if (end.kind !== 'done') return;
    this.#looked.set(recipe.name, { recipe, item, questions: found.parse(end.results).questions });
  }

  rows(): Parked[] {
    return [...this.#looked.values()].flatMap(({ recipe: { name }, questions }) =>
      questions.map((one): Parked => {
        const place = { recipe: name, scope: name, subject: one.subject, next: '', keyHash: '' };
        const asked = { kind: 'conflict', code: one.code, message: one.message } as const;
        return { ...place, ...asked, fields: [one.documentNumber], attempts: 1, firstAt: 0, lastAt: 0 };
      }),
    );
  }

  /** @returns whether this is about something that is gone */
  async decide(subject: string, documentNumber: string, answer: BillingAnswer): Promise<boolean> {
    const isMeant = (one: Question): boolean =>
      one.subject === subject && one.documentNumber === documentNumber;
    const looked = [...this.#looked.values()].find(({ questions }) => questions.some(isMeant));
    const asked = looked?.questions.find(isMeant);
    if (looked === undefined || asked === undefined) return false;
    const { recipe, item } = looked;
    const { gone: delivery, differenceKey } = asked;
    const input = { recipe: recipe.text, delivery, documentNumber, answer, differenceKey };
    const end = await this.#platform.run('creates.xero_answer_difference', 'xero', input);
    if (end.kind !== 'done') throw new RangeError(`The answer was not taken: ${end.message}`);
    answered.parse(end.results);
    this.#sandbox.world.clock.advance(BETWEEN_RUNS_MS);
    await this.#look(recipe, item);
    return true;
  }
}
