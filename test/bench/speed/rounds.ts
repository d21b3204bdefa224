import type { Yardstick } from '../measurement.ts';
import { type Measurement, measured } from '../measurement.ts';

const WARM_UP_ROUNDS = 3;
const ROUNDS = 9;

/** A piece of work and how many records it goes through. */
export interface Contest {
  readonly records: number;
  readonly run: () => unknown;
}

/**
 * Records a second on one core: per second of processor time, of all threads together, so that neither a busy machine
 * slows the result nor a second core helps it. The contests take turns, so that what disturbs one disturbs the others.
 *
 * @returns rates per contest, one a round
 */
export async function compare<Name extends string>(
  contests: Readonly<Record<Name, Contest>>,
): Promise<(name: Name) => number[]> {
  const names = Object.keys(contests).filter((name): name is Name => name in contests);
  const rates = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    for (const name of names) {
      const rate = await rateOf(contests[name]);
      if (round >= 0) rates.get(name)?.push(rate);
    }
  }
  return (name) => rates.get(name) ?? [];
}

async function rateOf({ records, run }: Contest): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return records / ((user + system) / 1e6);
}

/** The median, with the least and the most. */
export function medianOf(yardstick: Yardstick, values: readonly number[]): Measurement {
  const ascending = values.toSorted((a, b) => a - b);
  const { length } = ascending;
  const value = ascending[Math.floor(length / 2)] ?? 0;
  return measured(yardstick, value, { min: ascending[0] ?? 0, max: ascending[length - 1] ?? 0 });
}
