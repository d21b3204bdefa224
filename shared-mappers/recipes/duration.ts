import { z } from 'zod';

const MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const DURATION = /^(\d+)(ms|s|m|h)$/;

/** `90s`, `2m`, `1h` (also `0s`) as milliseconds. Longest: 24 hours. */
export const duration = z
  .string()
  .regex(DURATION, { error: 'Write a number and a unit: 500ms, 90s, 2m or 1h' })
  .transform((text) => {
    const [, number = '', unit = ''] = DURATION.exec(text) ?? [];
    return Number(number) * (MS[unit] ?? 0);
  })
  .refine((ms) => ms <= 24 * 3_600_000, { error: 'At most 24h' });
