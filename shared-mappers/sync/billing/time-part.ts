import type { LeftOut } from '../../plan/billing/document-plan.ts';
import type { MapFault } from '../../plan/billing/map-fault.ts';
import type { LosingTime } from '../../plan/billing/time-brake.ts';
import type { TimePlan } from '../../plan/billing/time-plan.ts';
import type { PlannedSubject, WritingDesk } from './billing-job.ts';

/** One of the places that time goes to, planned. */
export interface TimePart extends LosingTime {
  readonly planned: readonly PlannedSubject[];
  readonly leftOut: readonly LeftOut[];
  readonly faults: readonly MapFault[];
  write(desk: WritingDesk): Promise<void>;
}

/** A plan in the form that every run, preview and list of troubles goes by. */
export function plannedTime<Write extends { readonly action: 'create' | 'update' | 'delete' }>(
  plan: TimePlan<Write>,
  preview: PlannedSubject['preview'],
): PlannedSubject {
  const { subject: id, title, because } = plan;
  return {
    subject: { id, title },
    plan: { ...plan, leftOut: [] },
    ...(because === undefined ? {} : { because }),
    preview,
  };
}
