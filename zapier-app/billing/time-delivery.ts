import type { Project, TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';
import { parsedJson } from '../parsed-json.ts';

const text = z.string();
const more = text.exactOptional();

export const project: z.ZodType<Project> = z.strictObject({
  id: text,
  name: text,
  key: more,
  customerId: more,
  customerName: more,
  currency: more,
  category: more,
  url: more,
});

export const log: z.ZodType<TimeLog> = z.strictObject({
  id: text,
  projectId: text,
  milestoneId: more,
  taskId: more,
  taskName: more,
  personId: text,
  personName: text,
  personEmail: more,
  date: text,
  minutes: z.int(),
  billable: z.boolean(),
  approval: z.enum(['approved', 'pending', 'rejected', 'not-needed']),
  notes: text,
  modifiedAt: z.number().exactOptional(),
});

/** Time on its way from one Zap step to another, with the project that it belongs to. */
export interface TimeDelivery {
  readonly project: Project;
  readonly log: TimeLog;
}

const delivery: z.ZodType<TimeDelivery> = z.strictObject({ project, log });

export function packTime(time: TimeDelivery): string {
  return JSON.stringify(time);
}

/** @throws StepFault for a text that the trigger of this app has not made */
export function readTimeDelivery(given: string): TimeDelivery {
  const read = delivery.safeParse(parsedJson(given));
  if (read.success) return read.data;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Time must hold the "Time for Billing Steps" of the trigger Time Entry Approved, and nothing else.',
  );
}
