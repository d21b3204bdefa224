import { daysAfter } from '@stackbridge/shared-mappers/sync/billing/calendar-day.ts';
import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { zohoProjects } from '../connection/zoho.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { PORTAL_FIELD, portal } from '../fields/portal.ts';
import { PROJECT_FIELD, projectId } from '../fields/project.ts';
import { allOf } from '../records/all-of.ts';
import { projectsLookedAt } from '../records/projects-looked-at.ts';
import { sinceOf } from '../records/since.ts';
import { TIME_OUTPUT, TIME_SAMPLE, timeItem } from '../records/time-item.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ portal, project: projectId, lookBack });

/** Time is rarely approved later than that after the day it was worked on; the listing takes six months at most. */
const WORKED_WITHIN_DAYS = 120;

export const zohoTimeApproved = defineTrigger({
  key: 'zoho_time_approved',
  noun: 'Approved Time Entry',
  display: {
    label: 'Time Entry Approved in Zoho Projects',
    description: 'Triggers when time that somebody logged in Zoho Projects is approved.',
  },
  operation: {
    type: 'polling',
    inputFields: [PORTAL_FIELD, PROJECT_FIELD, LOOK_BACK_FIELD],
    perform: step(async (step) => {
      const { portal, project, lookBack } = readInput(input, step.input);
      const source = zohoProjects(step, portal);
      const since = sinceOf(step, lookBack);
      const today = new Date(step.ports.clock.now()).toISOString().slice(0, 10);
      const approved = [];
      for (const { id } of await projectsLookedAt(source, project)) {
        const logs = source.timeLogs(id, daysAfter(today, -WORKED_WITHIN_DAYS), daysAfter(today, 31));
        for (const log of await allOf(logs)) {
          // A log that does not say when it was modified may have been.
          if (log.approval === 'approved' && (log.modifiedAt ?? since) >= since) approved.push(log);
        }
      }
      return approved
        .toSorted((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0))
        .map((log) => ({ id: `${log.id}-${log.minutes}`, ...timeItem(log) }));
    }),
    sample: { id: `${TIME_SAMPLE.logId}-140`, ...TIME_SAMPLE },
    outputFields: [{ key: 'id', label: 'ID' }, ...TIME_OUTPUT],
  },
});
