import type { World } from '../world.ts';

/** One post that a vendor owes to an address of its customer. */
export interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back; status 0 where nothing did. */
export interface LetterAnswer {
  readonly status: number;
  readonly body: string;
  readonly setsCookies: boolean;
}

/** How a vendor delivers. */
export interface OutboxRules {
  /** Milliseconds from each attempt to the next, on the sandbox's clock; after the last one a letter is given up. */
  readonly waitsMs: readonly number[];
  /** Milliseconds, of real time, that an address has for its answer. */
  readonly timeoutMs: number;
  /** Letters under way at once. */
  readonly concurrency: number;
  isAccepted(answer: LetterAnswer): boolean;
  /** Told of a letter that nobody took. */
  givenUp?(letter: Letter): void;
}

interface Posted {
  readonly letter: Letter;
  attempts: number;
  dueMs: number;
}

/** How many letters were taken, are still to be sent (again), and have been given up. */
export interface OutboxCounts {
  delivered: number;
  waiting: number;
  givenUp: number;
}

/** Sends webhooks, again after a while where the address does not take them. */
export class Outbox {
  readonly #world: World;
  readonly #rules: OutboxRules;
  #waiting: Posted[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #counts = { delivered: 0, givenUp: 0 };
  #timer: NodeJS.Timeout | undefined;

  constructor(world: World, rules: OutboxRules) {
    this.#world = world;
    this.#rules = rules;
    world.clock.onMove(() => this.#sendDue());
  }

  /** Sends a letter once whoever posts it has finished. */
  post(letter: Letter): void {
    this.#waiting.push({ letter, attempts: 0, dueMs: this.#world.clock.now() });
    setImmediate(() => this.#sendDue());
  }

  /** Waits until nothing is due any more. */
  async settle(): Promise<OutboxCounts> {
    this.#sendDue();
    while (this.#underWay.size > 0) await Promise.race(this.#underWay);
    return { ...this.#counts, waiting: this.#waiting.length };
  }

  clear(): void {
    this.#waiting = [];
    this.#counts = { delivered: 0, givenUp: 0 };
    clearTimeout(this.#timer);
  }

  #sendDue(): void {
    const now = this.#world.clock.now();
    for (const posted of this.#waiting.filter(({ dueMs }) => dueMs <= now)) {
      if (this.#underWay.size >= this.#rules.concurrency) return;
      this.#waiting.splice(this.#waiting.indexOf(posted), 1);
      const sending = this.#send(posted).finally(() => {
        this.#underWay.delete(sending);
        this.#sendDue();
      });
      this.#underWay.add(sending);
    }
    this.#wakeForNext(now);
  }

  async #send(posted: Posted): Promise<void> {
    const { letter } = posted;
    const answer = await sendLetter(letter, this.#rules.timeoutMs);
    if (this.#rules.isAccepted(answer)) {
      this.#counts.delivered += 1;
      return;
    }
    const waitMs = this.#rules.waitsMs[posted.attempts];
    posted.attempts += 1;
    if (waitMs === undefined) {
      this.#counts.givenUp += 1;
      this.#rules.givenUp?.(letter);
      return;
    }
    posted.dueMs = this.#world.clock.now() + waitMs;
    this.#waiting.push(posted);
  }

  /** A running clock passes by itself; a fixed one tells when it is moved. */
  #wakeForNext(nowMs: number): void {
    clearTimeout(this.#timer);
    if (this.#world.clock.mode === 'fixed' || this.#waiting.length === 0) return;
    const nextMs = Math.min(...this.#waiting.map(({ dueMs }) => dueMs));
    this.#timer = setTimeout(() => this.#sendDue(), Math.max(0, nextMs - nowMs)).unref();
  }
}

/** Posts a letter once. Follows no redirect, as the vendors do not. */
export async function sendLetter(
  { url, headers, body }: Letter,
  timeoutMs: number,
  method: 'GET' | 'POST' = 'POST',
): Promise<LetterAnswer> {
  try {
    const answer = await fetch(url, {
      method,
      headers,
      ...(method === 'POST' ? { body } : {}),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return {
      status: answer.status,
      body: await answer.text(),
      setsCookies: answer.headers.has('set-cookie'),
    };
  } catch {
    return { status: 0, body: '', setsCookies: false };
  }
}
