import type { Project, TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import { parsedJson } from '@stackbridge/shared-mappers/model/parsed-json.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';

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

interface OtherProject extends Pick<Project, 'id' | 'name'> {
  /** A log may have come from it. */
  readonly changedLately: boolean;
}

/** All the time of one project that was logged for the days looked at. */
export interface ProjectTimeDelivery {
  readonly project: Project;
  readonly logs: readonly TimeLog[];
  readonly from: string;
  readonly to: string;
  /** From before it was read. */
  readonly readAt: Instant;
  /** Every other project there is: none of their names is this one's former name. */
  readonly others: readonly OtherProject[];
}

const delivery: z.ZodType<TimeDelivery | ProjectTimeDelivery> = z.union([
  z.strictObject({ project, log }),
  z.strictObject({
    project,
    logs: z.array(log),
    from: text,
    to: text,
    readAt: z.number(),
    others: z.array(z.strictObject({ id: text, name: text, changedLately: z.boolean() })),
  }),
]);

export function packTime(time: TimeDelivery | ProjectTimeDelivery): string {
  return JSON.stringify(time);
}

/** @throws StepFault for a text that the trigger of this app has not made */
export function readTimeDelivery(given: string): TimeDelivery | ProjectTimeDelivery {
  const read = delivery.safeParse(parsedJson(given));
  if (read.success) return read.data;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Time must hold the "Time for Billing Steps" of the trigger Time Changed or Time Entry Approved, and nothing else.',
  );
}
