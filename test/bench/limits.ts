import type { Yardstick } from './measurement.ts';

/** The size the project's targets are stated for. */
export const STATED_FOR = 100_000;

/** @param size where the target depends on it: at another size the row is only shown */
export function callRow(
  id: string,
  what: string,
  floor: number,
  target: number,
  size = STATED_FOR,
): Yardstick {
  return { id, what, unit: 'calls', floor, ...(size === STATED_FOR ? { target } : {}) };
}

export function timeRow(id: string, what: string, size: number): Yardstick {
  return { id, what: `${what}: wall time`, unit: 's', ...(size === STATED_FOR ? { target: 60 } : {}) };
}

export function memoryRow(id: string, what: string, size: number): Yardstick {
  return { id, what: `${what}: peak memory`, unit: 'MB', ...(size === STATED_FOR ? { target: 400 } : {}) };
}
