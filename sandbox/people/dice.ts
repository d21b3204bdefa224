import { generateMersenne53Randomizer } from '@faker-js/faker';

/** Draws from one seeded sequence: the same seed and the same questions give the same answers. */
export class Dice {
  readonly #next: () => number;

  constructor(seed: number) {
    const randomizer = generateMersenne53Randomizer(seed);
    this.#next = () => randomizer.next();
  }

  /** 0 to `below` - 1. */
  whole(below: number): number {
    return Math.floor(this.#next() * below);
  }

  /** True in that share of all draws. */
  chance(share: number): boolean {
    return this.#next() < share;
  }

  /** One of the values. @throws RangeError when there is none */
  pick<T>(values: readonly T[]): T {
    const value = values[this.whole(values.length)];
    if (value === undefined) throw new RangeError('Nothing to pick from');
    return value;
  }

  /** Each value with that chance, in their order. */
  some<T>(values: readonly T[], share: number): T[] {
    return values.filter(() => this.chance(share));
  }

  /** The values in another order. */
  shuffled<T>(values: readonly T[]): T[] {
    const mixed = [...values];
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = this.whole(i + 1);
      const [a, b] = [mixed[i], mixed[j]];
      if (a === undefined || b === undefined) continue;
      mixed[i] = b;
      mixed[j] = a;
    }
    return mixed;
  }

  /** That many decimal digits. */
  digits(count: number): string {
    let text = '';
    for (let i = 0; i < count; i++) text += this.whole(10);
    return text;
  }
}
