import { hash } from 'node:crypto';
import type { Answer } from '../../simulator.ts';
import type { World } from '../../world.ts';

/** How long an answer is kept. */
const LIFETIME_MS = 6 * 60_000;
/** Longest key, in characters. */
export const LONGEST_KEY = 128;

interface Kept {
  /** What was asked, to tell a repeat from another request. */
  request: string;
  answer: Answer;
  untilMs: number;
}

/** A request as far as keys look at it. */
export interface KeyedRequest {
  token: string;
  key: string;
  method: string;
  url: string;
  body: Buffer;
}

/**
 * Answers kept under the Idempotency-Keys of the calls that got them, errors too. Keys belong to the access token, as
 * one team measured it: after a refresh the same key creates a second time.
 */
export class IdempotencyKeys {
  readonly #world: World;
  readonly #kept = new Map<string, Kept>();

  constructor(world: World) {
    this.#world = world;
  }

  /** @returns the kept answer, 'other' where the key was used for another request, undefined for a new key */
  find(request: KeyedRequest): Answer | 'other' | undefined {
    this.#expire();
    const kept = this.#kept.get(nameOf(request));
    if (kept === undefined) return undefined;
    return kept.request === contentOf(request) ? kept.answer : 'other';
  }

  keep(request: KeyedRequest, answer: Answer): void {
    const untilMs = this.#world.clock.now() + LIFETIME_MS;
    this.#kept.set(nameOf(request), { request: contentOf(request), answer, untilMs });
  }

  clear(): void {
    this.#kept.clear();
  }

  #expire(): void {
    const nowMs = this.#world.clock.now();
    for (const [name, { untilMs }] of this.#kept) {
      if (untilMs > nowMs) break;
      this.#kept.delete(name);
    }
  }
}

function nameOf({ token, key }: KeyedRequest): string {
  return `${token} ${key}`;
}

function contentOf({ method, url, body }: KeyedRequest): string {
  return `${method} ${url} ${hash('sha256', body)}`;
}
