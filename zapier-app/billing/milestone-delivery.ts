import type { Milestone } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { MilestoneWork } from '@stackbridge/shared-mappers/plan/billing/milestone-facts.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';
import { parsedJson } from '../parsed-json.ts';
import { expense } from './expense-delivery.ts';
import { log, project } from './time-delivery.ts';

const text = z.string();
const more = text.exactOptional();

const milestone = z.strictObject({
  id: text,
  projectId: text,
  name: text,
  closed: z.boolean(),
  closedFault: more,
  closedOn: more,
  modifiedAt: z.number().exactOptional(),
  fixedAmount: more,
  amountFault: more,
});

/** A completed milestone with its work, on its way from one Zap step to another. */
export interface MilestoneDelivery extends MilestoneWork {
  /** The project's other milestones: hours that moved over may be billed with one of them. */
  readonly others: readonly Milestone[];
}

const work: z.ZodType<MilestoneDelivery> = z.strictObject({
  project,
  milestone,
  logs: z.array(log),
  expenses: z.array(expense),
  others: z.array(milestone),
});

export function packWork(found: MilestoneDelivery): string {
  return JSON.stringify(found);
}

/** @throws StepFault for a text that the trigger of this app has not made */
export function readWork(given: string): MilestoneDelivery {
  const read = work.safeParse(parsedJson(given));
  if (read.success) return read.data;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Work must hold the "Work for Billing Steps" of the trigger Milestone Completed, and nothing else.',
  );
}
