import type { PlainInputField } from 'zapier-platform-core';
import { z } from 'zod';

/** How many a person lets through at once; empty: the recipe's limit holds. */
export const mostAtOnce = z.coerce.number().int().min(1).optional();

export const MOST_DELETED_FIELD: PlainInputField = {
  key: 'mostDeleted',
  label: 'Most Deletions in One Hour',
  type: 'integer',
  required: false,
  helpText:
    'Leave it empty: the limit on deletions in your recipe holds. Where more records than that were deleted within an hour the Zap stops, and says how many; put that number here to let them through.',
};

export const MOST_CHANGED_FIELD: PlainInputField = {
  key: 'mostChanged',
  label: 'Most Changes in One Hour',
  type: 'integer',
  required: false,
  helpText:
    'Leave it empty: the limit on overwritten records in your recipe holds. Where more synced records than that were changed within an hour the Zap stops, and says how many; put that number here to let them through, and empty the field again after the next check.',
};
