import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

const HOUR_MS = 3_600_000;

/** Hours; read into milliseconds. */
export const lookBack = z.coerce
  .number()
  .min(1)
  .max(720)
  .default(24)
  .transform((hours) => hours * HOUR_MS);

export const LONGEST_LOOK_BACK_MS = 720 * HOUR_MS;

/** What an editor loads as an example may be older. */
export const SAMPLE_LOOK_BACK_MS = LONGEST_LOOK_BACK_MS;

export const LOOK_BACK_FIELD = {
  key: 'lookBack',
  label: 'Hours to Look Back',
  type: 'integer',
  required: false,
  default: '24',
  helpText:
    'Every check reads what changed in the last so many hours (1 to 720, usually 24), so that nothing is missed while Zapier is paused. Zapier shows the Zap each change once. Choose fewer hours where thousands of records change a day.',
} as const satisfies PlainInputField;
