import type { Http, HttpRequest } from '@stackbridge/shared-mappers/ports/http.ts';
import type { Store } from '@stackbridge/shared-mappers/ports/store.ts';
import type { CutKind, IoKind } from './io-kind.ts';

/** What happens at the `at`-th operation of a kind. */
export interface Interruption {
  readonly at: number;
  readonly of: CutKind;
  readonly when: 'before' | 'after';
  /** `cut`: the run never goes on. Otherwise the run waits until this is done. */
  readonly act: 'cut' | (() => Promise<void>);
}

/**
 * Every operation of one run passes here and is counted: calls of both systems, and writes of the sync state. At the
 * moments asked for the run is cut, or held up while something happens.
 *
 * A cut run is abandoned rather than stopped: its operations never answer again, so none of its own clean-up runs,
 * as when a process is killed.
 */
export class IoGate {
  readonly #interruptions: readonly Interruption[];
  readonly #counts = new Map<CutKind, number>();
  readonly #met = new Set<Interruption>();
  readonly #inFlight = new Set<Promise<unknown>>();
  readonly #cut = Promise.withResolvers<'cut'>();
  #isCut = false;

  constructor(interruptions: readonly Interruption[] = []) {
    this.#interruptions = interruptions;
  }

  /** Operations so far. */
  count(kind: CutKind = 'any'): number {
    return this.#counts.get(kind) ?? 0;
  }

  /** Moments that never came. */
  missed(): readonly Interruption[] {
    return this.#interruptions.filter((interruption) => !this.#met.has(interruption));
  }

  /** Runs until the end, or until the cut, and then until what was under way has been carried out. */
  async play<Result>(run: () => Promise<Result>): Promise<Result | 'cut'> {
    const ended = await Promise.race([run(), this.#cut.promise]);
    if (this.#isCut) await Promise.allSettled(this.#inFlight);
    return this.#isCut ? 'cut' : ended;
  }

  http(inner: Http): Http {
    return { send: (request) => this.#pass(kindOf(request), () => inner.send(request)) };
  }

  /** The store with its writes counted; reading it changes nothing and is not counted. */
  store(inner: Store): Store {
    return {
      acquireLease: (...args) => this.#pass('lease', () => inner.acquireLease(...args)),
      renewLease: (...args) => this.#pass('lease', () => inner.renewLease(...args)),
      releaseLease: (...args) => this.#pass('lease', () => inner.releaseLease(...args)),
      commit: (...args) => this.#pass('store', () => inner.commit(...args)),
      saveMemo: (...args) => this.#pass('store', () => inner.saveMemo(...args)),
      saveRun: (...args) => this.#pass('store', () => inner.saveRun(...args)),
      linksByLeft: (...args) => this.#read(() => inner.linksByLeft(...args)),
      linksByRight: (...args) => this.#read(() => inner.linksByRight(...args)),
      linksByKey: (...args) => this.#read(() => inner.linksByKey(...args)),
      links: (...args) => this.#read(() => inner.links(...args)),
      countLinks: (...args) => this.#read(() => inner.countLinks(...args)),
      intents: (...args) => this.#read(() => inner.intents(...args)),
      watermark: (...args) => this.#read(() => inner.watermark(...args)),
      memo: (...args) => this.#read(() => inner.memo(...args)),
      parked: (...args) => this.#read(() => inner.parked(...args)),
      decisions: (...args) => this.#read(() => inner.decisions(...args)),
    };
  }

  /** A commit of state that is not the store's own. */
  commit<Result>(write: () => Promise<Result>): Promise<Result> {
    return this.#pass('store', write);
  }

  #read<Result>(read: () => Promise<Result>): Promise<Result> {
    return this.#isCut ? never() : read();
  }

  async #pass<Result>(kind: IoKind | 'lease', operation: () => Promise<Result>): Promise<Result> {
    if (this.#isCut) return never();
    const due = this.#count(kind);
    await this.#meet(due, 'before');
    if (this.#isCut) return never();
    const carriedOut = operation();
    this.#inFlight.add(carriedOut);
    try {
      const result = await carriedOut;
      await this.#meet(due, 'after');
      return this.#isCut ? never() : result;
    } catch (error) {
      if (this.#isCut) return never();
      throw error;
    } finally {
      this.#inFlight.delete(carriedOut);
    }
  }

  #count(kind: IoKind | 'lease'): Interruption[] {
    const kinds: readonly CutKind[] = kind === 'lease' ? ['any'] : ['any', kind];
    for (const each of kinds) this.#counts.set(each, this.count(each) + 1);
    return this.#interruptions.filter(({ at, of }) => kinds.includes(of) && this.count(of) === at);
  }

  async #meet(due: readonly Interruption[], when: 'before' | 'after'): Promise<void> {
    for (const interruption of due) {
      if (interruption.when !== when) continue;
      this.#met.add(interruption);
      if (interruption.act === 'cut') {
        this.#isCut = true;
        this.#cut.resolve('cut');
        return;
      }
      await interruption.act();
    }
  }
}

function kindOf({ method, url }: HttpRequest): IoKind {
  const { pathname } = new URL(url);
  // A new access token changes nothing in the records.
  const reads = method === 'GET' || url.includes('/oauth2/') || pathname.endsWith('/token');
  if (pathname.startsWith('/zoho') || pathname.startsWith('/xero'))
    return reads ? 'billing-read' : 'billing-write';
  const isSalesforce = pathname.startsWith('/salesforce');
  if (isSalesforce) return reads ? 'salesforce-read' : 'salesforce-write';
  return reads ? 'mailchimp-read' : 'mailchimp-write';
}

function never<Result>(): Promise<Result> {
  return new Promise(() => {});
}
