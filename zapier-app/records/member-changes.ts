import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { BasicPollingOperation } from 'zapier-platform-core';
import { z } from 'zod';
import { mailchimpMembers } from '../connection/people.ts';
import { audienceId } from '../fields/audience.ts';
import { type Step, step } from '../step.ts';
import { readInput } from '../step-input.ts';
import { changedRecords } from './changed-records.ts';
import { columnsOfAll, shownFields } from './person-columns.ts';
import { fieldOutputs, RECORD_OUTPUT } from './record-item.ts';

/** Members of an audience that have changed, archived ones among them, newest first. */
export async function changedMembers(
  step: Step,
  audience: string,
  lookBackMs: number,
): Promise<SourceRecord[]> {
  const members = mailchimpMembers(step, audience);
  const columns = columnsOfAll(shownFields(await members.describe(), []));
  return changedRecords(step, members, columns, lookBackMs);
}

const shown = z.object({ audience: audienceId });

export const memberOutputs: NonNullable<BasicPollingOperation['outputFields']> = [
  ...RECORD_OUTPUT,
  step(async (step) => {
    const { audience } = readInput(shown, step.input);
    return fieldOutputs(shownFields(await mailchimpMembers(step, audience).describe(), []));
  }),
];
