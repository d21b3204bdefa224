import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Meta, Platform, StepEnd } from './platform.ts';

const items = z.array(z.looseObject({ id: z.string(), record: z.string() }));

/** The items of a trigger, or what became of the poll. */
type Shown = z.output<typeof items> | Exclude<StepEnd, { kind: 'done' }>;

/** What a trigger has handed on to the action. */
export interface Delivery {
  readonly zap: Zap;
  /** The id of the record that changed. */
  readonly recordId: string;
  readonly record: string;
  /** The last step of a Zap takes it in: nothing comes after. */
  readonly isLast?: true;
}

const delivered = z.object({ record: z.object({ id: z.string() }) });
const handedOn = z.object({ record: z.string() });
const conflicting = z.object({ waitsForOthers: z.boolean() });

/** The action has found a conflict that may pass without the record that it took in. */
export function waitsForOthers(results: unknown): boolean {
  return conflicting.parse(results).waitsForOthers;
}

export interface ZapSetup {
  /** Where the trigger looks, and where the action writes. */
  readonly source: 'salesforce' | 'mailchimp';
  readonly trigger: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Trigger and first action of a Zap: it is polled, and acts on whatever it has not shown before. */
export class Zap {
  readonly target: 'salesforce' | 'mailchimp';
  readonly #platform: Platform;
  readonly #setup: ZapSetup;
  readonly #recipe: () => string;
  readonly #seen = new Set<string>();
  readonly #id = randomUUID();

  /** @param recipe its text at the time of each run: it stands in both steps */
  constructor(platform: Platform, setup: ZapSetup, recipe: () => string) {
    this.#platform = platform;
    this.#setup = setup;
    this.#recipe = recipe;
    this.target = setup.source === 'salesforce' ? 'mailchimp' : 'salesforce';
  }

  /**
   * New ids only, oldest first: what Zapier hands to the action, or what became of the poll. A hundred and more that are
   * new at once Zapier holds for a person, whose release lets them go on one a second, as they were read.
   *
   * @param more that a person has put into the trigger's fields
   */
  async poll(more: object): Promise<readonly Delivery[] | Exclude<StepEnd, { kind: 'done' }>> {
    const fresh = await this.#unseen(more, { zap: { id: this.#id } });
    if ('kind' in fresh) return fresh;
    for (const { id } of fresh) this.#seen.add(id);
    return fresh.map(({ record }) => this.#delivery(record));
  }

  /**
   * What a copy of the Zap that only previews would be handed.
   *
   * @param isTurnedOn because it has a recipe that this Zap has not yet: what was edited is looked at by polls alone
   */
  async peek(
    more: object,
    isTurnedOn: boolean,
  ): Promise<readonly Delivery[] | Exclude<StepEnd, { kind: 'done' }>> {
    const zap = { id: randomUUID() };
    if (isTurnedOn) await this.#shown(more, { zap, isPopulatingDedupe: true });
    const fresh = await this.#unseen(more, { zap });
    return 'kind' in fresh ? fresh : fresh.map(({ record }) => this.#delivery(record));
  }

  /** A person has edited the Zap and turns it on again: what its trigger then shows is seen, and handed on by no poll. */
  async turnOn(more: object): Promise<void> {
    const shown = await this.#shown(more, { zap: { id: this.#id }, isPopulatingDedupe: true });
    if ('kind' in shown) throw new RangeError(`The Zap could not be turned on: ${shown.message}`);
    for (const { id } of shown) this.#seen.add(id);
  }

  async #unseen(more: object, meta: Meta): Promise<Shown> {
    const shown = await this.#shown(more, meta);
    if ('kind' in shown) return shown;
    return shown.filter(({ id }) => !this.#seen.has(id)).toReversed();
  }

  async #shown(more: object, meta: Meta): Promise<Shown> {
    const { trigger, source, input } = this.#setup;
    const given = { ...input, ...more, recipe: this.#recipe() };
    const end = await this.#platform.run(`triggers.${trigger}`, source, given, meta);
    return end.kind === 'done' ? items.parse(end.results) : end;
  }

  /** What an earlier step of the other direction has handed on; undefined where it has nothing for this one. */
  goOn(results: unknown): Delivery | undefined {
    const { record } = handedOn.parse(results);
    return record === '' ? undefined : { ...this.#delivery(record), isLast: true };
  }

  /** The search for a record that was delivered some time ago; undefined where it is gone. */
  async find({ recordId }: Pick<Delivery, 'recordId'>): Promise<Delivery | undefined> {
    const { source, input } = this.#setup;
    const [search, by] =
      source === 'salesforce'
        ? (['salesforce_record', { field: 'Id', value: recordId }] as const)
        : (['mailchimp_member', { email: recordId }] as const);
    const given = { ...input, ...by, recipe: this.#recipe() };
    const end = await this.#platform.run(`searches.${search}`, source, given);
    const [found] = end.kind === 'done' ? items.parse(end.results) : [];
    return found === undefined ? undefined : { ...this.#delivery(found.record), isLast: true };
  }

  #delivery(record: string): Delivery {
    return { zap: this, recordId: delivered.parse(JSON.parse(record)).record.id, record };
  }

  act({ record }: Pick<Delivery, 'record'>, more: object = {}): Promise<StepEnd> {
    const input = { recipe: this.#recipe(), record, ...more };
    return this.#platform.run(`creates.sync_to_${this.target}`, this.target, input);
  }
}
