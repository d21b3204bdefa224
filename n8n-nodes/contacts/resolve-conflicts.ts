import type { PairDecision } from '@stackbridge/shared-mappers/sync/stateless/execution-store.ts';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';
import { readParameters } from '../parameters.ts';
import { carryOut } from './carry-out.ts';
import { contactSettings } from './contact-settings.ts';

const id = z.string().trim().min(1, { error: 'is empty' });

const answer = z.object({
  salesforceId: id,
  memberId: id,
  field: id,
  keep: z.enum(['salesforce', 'mailchimp', 'value']),
  value: z.coerce.string().optional(),
});

const KEEP = { salesforce: { side: 'left' }, mailchimp: { side: 'right' } } as const;

/** Carries out what people have decided, all items in one plan. The pairs are read again first. */
export async function resolveConflicts(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const settings = contactSettings(context);
  const at = Date.now();
  const decisions = [...context.getInputData().keys()].map((index): PairDecision => {
    const { salesforceId, memberId, field, keep, value = '' } = readParameters(context, answer, index);
    return {
      leftId: salesforceId,
      rightId: memberId,
      field,
      take: keep === 'value' ? { value } : KEEP[keep],
      at,
    };
  });
  const ids = {
    left: [...new Set(decisions.map(({ leftId }) => leftId))],
    right: [...new Set(decisions.map(({ rightId }) => rightId))],
  };
  return carryOut(context, settings, async () => ({
    request: { scope: { ids }, decisions, allow: settings.allow },
    itemsOf: ({ leftId, rightId }) =>
      decisions.flatMap((decision, index) =>
        decision.leftId === leftId || decision.rightId === rightId ? [index] : [],
      ),
  }));
}
