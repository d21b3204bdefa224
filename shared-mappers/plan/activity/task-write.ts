import type { ActivityEvent } from '../../model/activity.ts';
import type { CrmPersonObject } from '../../ports/activity-target.ts';
import { fillTemplate } from '../billing/fill-template.ts';
import type { TaskOptions } from './activity-options.ts';
import { EVENT_WORDS, wireDay } from './activity-words.ts';
import type { ActivityWrite } from './person-plan.ts';
import type { PlannedCampaign } from './plan-person.ts';

/** Task.Subject holds 255 characters. */
export const SUBJECT_LENGTH = 255;

/** One completed task for one event. */
export function taskWrite(
  event: ActivityEvent,
  campaign: PlannedCampaign | undefined,
  person: CrmPersonObject,
  { subject }: TaskOptions,
  taskKey: string | undefined,
): ActivityWrite {
  const words = {
    event: EVENT_WORDS[event.kind],
    campaign: campaign?.title ?? '',
    subject: campaign?.subject ?? '',
    url: event.url ?? '',
  };
  const lines = [event.url, event.detail, event.machine ? 'Opened by a mail program' : undefined];
  return {
    step: 'task',
    object: 'Task',
    key: event.key,
    ...(taskKey === undefined ? {} : { externalId: taskKey }),
    payload: {
      Subject: fillTemplate(subject, words, SUBJECT_LENGTH),
      Status: 'Completed',
      Priority: 'Normal',
      ActivityDate: wireDay(event.at),
      // Salesforce takes it with a new task only, and an upsert may find one that is there.
      ...(taskKey === undefined ? { TaskSubtype: 'Email' } : {}),
      Description: marked(lines, event.key),
    },
    who: 'WhoId',
    // A task about a lead cannot be about anything else.
    ...(person === 'Contact' && campaign?.isInCrm
      ? { campaign: { field: 'WhatId', id: event.campaignId } }
      : {}),
    events: [event.key],
    why: `${event.kind} of ${campaign?.title ?? event.campaignId}`,
  };
}

/** The last line names the event, so that the task is known again where no field of its own holds the key. */
export function marked(lines: readonly (string | undefined)[], key: string): string {
  return [...lines.filter((line) => line !== undefined), markOf(key)].join('\n');
}

export function markOf(key: string): string {
  return `Stackbridge ${key}`;
}
