import { defineSearch } from 'zapier-platform-core';
import { z } from 'zod';
import { idInNumber } from '../fields/id-in-number.ts';
import { MILESTONE_WORK_FIELDS, milestoneWork } from '../fields/milestone-work.ts';
import { PORTAL_FIELD, portal } from '../fields/portal.ts';
import { PROJECT_FIELD, projectId } from '../fields/project.ts';
import { completedMilestones } from '../records/completed-milestones.ts';
import { MILESTONE_OUTPUT, MILESTONE_SAMPLE } from '../records/milestone-item.ts';
import { UNWATCHED } from '../records/recipe-watch.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const milestone = idInNumber('is neither the ID of a milestone nor the number of its invoice');
const input = z.object({ portal, project: projectId, milestone, ...milestoneWork });

export const zohoMilestone = defineSearch({
  key: 'zoho_milestone',
  noun: 'Zoho Milestone',
  display: {
    label: 'Find Milestone in Zoho Projects',
    description:
      'Finds a milestone in Zoho Projects by its ID, or by the number of its invoice, with the work that it bills as it is now.',
  },
  operation: {
    inputFields: [
      PORTAL_FIELD,
      PROJECT_FIELD,
      {
        key: 'milestone',
        label: 'Milestone ID or Invoice Number',
        type: 'string',
        required: true,
        helpText:
          'The ID of the milestone, or the number that its invoice has in Xero, such as ZP-4000000012345: where an invoice was voided, this leads to its milestone.',
      },
      ...MILESTONE_WORK_FIELDS,
    ],
    perform: step(async (step) => {
      const { milestone, ...wanted } = readInput(input, step.input);
      const how = { again: false, lookBack: 0, watch: UNWATCHED };
      return completedMilestones(step, { ...wanted, ...how, named: milestone });
    }),
    sample: MILESTONE_SAMPLE,
    outputFields: MILESTONE_OUTPUT,
  },
});
