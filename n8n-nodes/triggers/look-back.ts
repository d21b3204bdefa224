import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

/** Hours. */
export const lookBackHours = z.coerce.number().min(1).max(720).default(24);

export const LOOK_BACK: INodeProperties = {
  displayName: 'Look Back (Hours)',
  name: 'lookBackHours',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: 720 },
  default: 24,
  description:
    'How much is read where n8n does not know where it was, as when the workflow is first activated. What was told before is then told again, which a sync does no harm.',
};
