import type { TimeLog } from '../../model/billing/project-work.ts';
import type { TimeOptions } from './time-facts.ts';

/** Why a log becomes no time entry; undefined where it does. */
export function whyNotTime(
  log: TimeLog,
  { approval, cutOver, nonBillable }: Pick<TimeOptions, 'approval' | 'cutOver' | 'nonBillable'>,
): string | undefined {
  if (!log.billable && !nonBillable) return 'not billable';
  if (cutOver !== undefined && log.date < cutOver) return `before the cut-over of ${cutOver}`;
  if (log.approval === 'rejected') return 'rejected';
  if (approval === 'required' && log.approval === 'pending') return 'not approved yet';
  return log.minutes === 0 ? 'no time on it' : undefined;
}
