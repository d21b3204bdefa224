import { readApprovedTime } from '@stackbridge/shared-mappers/sync/poll/finished-work.ts';
import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { packTime } from '../billing/time-delivery.ts';
import { zohoProjects } from '../connection/zoho.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { PORTAL_FIELD, portal } from '../fields/portal.ts';
import { PROJECT_FIELD, projectId } from '../fields/project.ts';
import { newestFirst } from '../records/newest-first.ts';
import { projectsLookedAt } from '../records/projects-looked-at.ts';
import { sinceOf } from '../records/since.ts';
import { TIME_OUTPUT, TIME_SAMPLE, timeItem } from '../records/time-item.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ portal, project: projectId, lookBack });

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
      const projects = await projectsLookedAt(source, project);
      const now = step.ports.clock.now();
      const approved = await readApprovedTime(source, projects, sinceOf(step, lookBack), now);
      return newestFirst(approved.toReversed()).flatMap((log) => {
        const project = projects.find(({ id }) => id === log.projectId);
        const item = { id: `${log.id}-${log.minutes}`, ...timeItem(log) };
        return project === undefined ? [item] : [{ ...item, entry: packTime({ project, log }) }];
      });
    }),
    sample: { id: `${TIME_SAMPLE.logId}-140`, ...TIME_SAMPLE },
    outputFields: [
      { key: 'id', label: 'ID' },
      ...TIME_OUTPUT,
      { key: 'entry', label: 'Time for Billing Steps' },
    ],
  },
});
