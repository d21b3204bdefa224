import {
  isSignedByMailchimp,
  type MailchimpEvent,
  MEMBER_EVENTS,
  readMailchimpDelivery,
} from '@stackbridge/shared-mappers/connectors/mailchimp/webhook-delivery.ts';
import { createWebhook, removeWebhook } from '@stackbridge/shared-mappers/connectors/mailchimp/webhooks.ts';
import { type Bundle, defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { clientOf } from '../connection/client.ts';
import { mailchimpMembers } from '../connection/people.ts';
import { recipeIfAny } from '../contacts/recipe.ts';
import { shownFor } from '../contacts/shown-for.ts';
import { AUDIENCE_FIELD, audienceId } from '../fields/audience.ts';
import { SAMPLE_LOOK_BACK_MS } from '../fields/look-back.ts';
import { recipeFields, recipeText } from '../fields/recipe.ts';
import { yesNo } from '../fields/yes-no.ts';
import type { Preset } from '../preset.ts';
import { changedRecords } from '../records/changed-records.ts';
import { memberOutputs } from '../records/member-changes.ts';
import { MAILCHIMP_SAMPLE } from '../records/samples.ts';
import { type Step, step } from '../step.ts';
import { readInput } from '../step-input.ts';

/** What Zapier keeps of the webhook while the Zap is on. */
const subscribed = z.object({ id: z.string(), audience: z.string(), secret: z.string().optional() });

const EVENT_LABELS = {
  subscribe: 'Somebody Subscribes',
  unsubscribe: 'Somebody Unsubscribes',
  profile: 'Somebody Is Changed',
  upemail: "Somebody's Address Changes",
  cleaned: 'An Address Bounces',
} as const satisfies Record<(typeof MEMBER_EVENTS)[number], string>;

export function mailchimpMemberTold(preset: Pick<Preset, 'recipe'>) {
  const recipe = recipeText.transform((text) => text ?? preset.recipe);
  const shownInput = z.object({ audience: audienceId, recipe });
  const input = shownInput.extend({
    events: z
      .array(z.enum(MEMBER_EVENTS))
      .min(1)
      .default([...MEMBER_EVENTS]),
    byApps: yesNo(true),
  });
  const shownOf = async (step: Step) => {
    const { audience, recipe } = readInput(shownInput, step.input);
    const members = mailchimpMembers(step, audience);
    const synced = recipeIfAny(recipe);
    return { members, ...shownFor(await members.describe(), [], synced, step.ports.clock.now()) };
  };
  return defineTrigger({
    key: 'mailchimp_member_told',
    noun: 'Member',
    display: {
      label: 'Member Told of by Mailchimp (Instant)',
      description: 'Triggers when Mailchimp tells that somebody joined an audience, left it, or was changed.',
    },
    operation: {
      type: 'hook',
      inputFields: [
        AUDIENCE_FIELD,
        {
          key: 'events',
          label: 'Events',
          type: 'string',
          list: true,
          required: false,
          choices: EVENT_LABELS,
          helpText: 'What the Zap is told of. Leave it empty for all.',
        },
        {
          key: 'byApps',
          label: 'Changes by Other Apps Too',
          type: 'boolean',
          required: false,
          default: 'true',
          helpText:
            'Say no to leave out what apps do, this one among them; sign-ups through your website may be done by an app.',
        },
        ...recipeFields(preset.recipe, false),
      ],
      performSubscribe: step(async (step) => {
        const { audience, events, byApps } = readInput(input, step.input);
        const { targetUrl: url = '' } = step.bundle;
        const client = clientOf({ system: 'mailchimp' }, step.bundle.authData, step.ports);
        const { id, secret } = await createWebhook(client, audience, {
          url,
          events,
          sources: byApps ? ['user', 'admin', 'api'] : ['user', 'admin'],
        });
        return { id, audience, ...(secret === undefined ? {} : { secret }) };
      }),
      performUnsubscribe: step(async (step) => {
        const { id, audience } = readInput(subscribed, step.bundle.subscribeData);
        const client = clientOf({ system: 'mailchimp' }, step.bundle.authData, step.ports);
        await removeWebhook(client, audience, id);
        return {};
      }),
      perform: step(async (step) => {
        const told = eventIn(step.bundle, step.ports.clock.now());
        if (told?.kind !== 'member' || told.audienceId !== readInput(shownInput, step.input).audience)
          return [];
        const { members, columns, itemOf } = await shownOf(step);
        return (await members.readByKey('email_address', [told.email], columns)).map((member) =>
          itemOf(member),
        );
      }),
      performList: step(async (step) => {
        const { members, columns, itemOf } = await shownOf(step);
        return (await changedRecords(step, members, columns, SAMPLE_LOOK_BACK_MS)).map((member) =>
          itemOf(member),
        );
      }),
      sample: MAILCHIMP_SAMPLE,
      outputFields: memberOutputs,
    },
  });
}

/**
 * What a delivery points at. The address that it came to is a secret of Zapier's; where it is signed too, the signature
 * must be right.
 */
function eventIn({ rawRequest, subscribeData }: Bundle, now: number): MailchimpEvent | undefined {
  const { content: body = '', headers = {} } = rawRequest ?? {};
  const signature = headerIn(headers, 'x-mailchimp-signature');
  const secret = subscribed.safeParse(subscribeData).data?.secret;
  if (signature !== undefined && secret !== undefined && !isSignedByMailchimp(body, signature, secret, now))
    return undefined;
  return readMailchimpDelivery(body);
}

/** Zapier hands some headers on with `Http-` before their names. */
function headerIn(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  const found = Object.entries(headers).find(([given]) => given.toLowerCase().replace(/^http-/, '') === name);
  return found?.[1];
}
