import { hash } from 'node:crypto';

/** Makes GUIDs: the same seed and history give the same ones. */
export class Ids {
  readonly #seed: string;
  /** How many have been made. */
  made = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  next(): string {
    this.made += 1;
    return guidOf(`${this.#seed}:${this.made}`);
  }
}

export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

/** The GUID of a name: always the same. */
export function guidOf(name: string): string {
  const hex = hash('md5', name);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
