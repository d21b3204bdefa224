import type { Scope } from '@stackbridge/shared-mappers/sync/stateless/read-pairs.ts';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';
import { moment } from '../moment.ts';
import { readParameters } from '../parameters.ts';
import { carryOut } from './carry-out.ts';
import { contactSettings } from './contact-settings.ts';
import { inputPairs } from './input-pairs.ts';

const filled = z.object({
  lookAt: z.enum(['items', 'changes', 'everything']),
  since: moment.optional(),
});

/** Brings whoever the input names, or whatever has changed, to agree. */
export async function syncContacts(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const settings = contactSettings(context);
  const { allow, preview } = settings;
  const { lookAt, since = 0 } = readParameters(context, filled, 0);
  return carryOut(context, settings, async (sides) => {
    if (lookAt === 'items') {
      const { ids, itemsOf } = await inputPairs(context, sides);
      return { request: { scope: { ids }, allow, preview }, itemsOf };
    }
    const scope: Scope =
      lookAt === 'everything' ? { everything: true } : { since: { left: since, right: since } };
    return { request: { scope, allow, preview }, itemsOf: () => [] };
  });
}
