import type { ActivityEvent, SentCampaign } from '@stackbridge/shared-mappers/model/activity.ts';
import { EVENT_KINDS } from '@stackbridge/shared-mappers/model/activity.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';

/** One thing that one person did with one campaign, on its way from one Zap step to another. */
export interface ActivityDelivery {
  /** Name of the campaign's audience; empty where the account does not have it any more. */
  readonly audience: string;
  readonly campaign: Pick<SentCampaign, 'id' | 'listId' | 'title' | 'subject' | 'sentAt'>;
  readonly event: ActivityEvent;
}

const text = z.string();

const delivery: z.ZodType<ActivityDelivery> = z.strictObject({
  audience: text,
  campaign: z.strictObject({ id: text, listId: text, title: text, subject: text, sentAt: z.number() }),
  event: z.strictObject({
    key: text,
    campaignId: text,
    kind: z.enum(EVENT_KINDS),
    email: text,
    at: z.number(),
    url: text.exactOptional(),
    detail: text.exactOptional(),
    machine: z.boolean(),
  }),
});

export function packActivity({ audience, campaign, event }: ActivityDelivery): string {
  const { id, listId, title, subject, sentAt } = campaign;
  return JSON.stringify({ audience, campaign: { id, listId, title, subject, sentAt }, event });
}

/** @throws StepFault for a text that the trigger of this app has not made */
export function readActivity(given: string): ActivityDelivery {
  const read = delivery.safeParse(parsed(given));
  if (read.success) return read.data;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Activity must hold the "Activity for Sync Steps" of the trigger Campaign Activity, and nothing else.',
  );
}

function parsed(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}
