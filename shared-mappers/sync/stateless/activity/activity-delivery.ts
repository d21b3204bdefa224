import { z } from 'zod';
import { type ActivityEvent, EVENT_KINDS, type SentCampaign } from '../../../model/activity.ts';
import { parsedJson } from '../../../model/parsed-json.ts';

/** One thing that one person did with one campaign, on its way from a step that reads to a step that writes. */
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

/** @returns undefined for a text that `packActivity` has not made */
export function unpackActivity(given: string): ActivityDelivery | undefined {
  return delivery.safeParse(parsedJson(given)).data;
}
