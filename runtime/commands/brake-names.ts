import { BRAKES, type BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { z } from 'zod';
import { UsageError } from './usage-error.ts';

/** `deletes,overwrites` as typed after `--allow`. */
export const brakeNames = z
  .string()
  .default('')
  .transform((text): BrakeName[] =>
    text
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== '')
      .map((word) => {
        const brake = BRAKES.find((name) => name === word);
        if (brake !== undefined) return brake;
        throw new UsageError(
          `There is no brake ${word}`,
          `Write --allow with one or more of ${BRAKES.join(',')}`,
        );
      }),
  );
