import { z } from 'zod';
import { UsageError } from './usage-error.ts';

/** An option that takes a whole number of 0 or more. */
export function wholeNumber(flag: string, fallback: number) {
  return z
    .string()
    .default(String(fallback))
    .transform((text) => {
      if (/^\d{1,9}$/.test(text)) return Number(text);
      throw new UsageError(
        `${flag} cannot be ${text}`,
        `Write ${flag} with a whole number, such as ${flag} ${fallback}`,
      );
    });
}
