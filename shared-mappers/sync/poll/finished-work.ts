import type { Milestone, Project, TimeLog } from '../../model/billing/project-work.ts';
import type { Instant } from '../../model/instant.ts';
import type { ProjectSource } from '../../ports/billing-source.ts';
import { daysAfter } from '../billing/calendar-day.ts';

/** Time is rarely approved later than that after the day it was worked on; the listing takes six months at most. */
const WORKED_WITHIN_DAYS = 120;
/** Work is logged ahead of the day where people are farther east, or plan their week. */
const LOGGED_AHEAD_DAYS = 31;

/** Closed, and edited since then; one that does not say when it was edited may have been. */
export function isCompletedSince({ closed, modifiedAt }: Milestone, since: Instant): boolean {
  return closed && (modifiedAt ?? since) >= since;
}

/** Approved time that was edited since then; time that does not say when may have been. */
export async function readApprovedTime(
  source: Pick<ProjectSource, 'timeLogs'>,
  projects: readonly Pick<Project, 'id'>[],
  since: Instant,
  now: Instant,
): Promise<TimeLog[]> {
  const today = new Date(now).toISOString().slice(0, 10);
  const approved: TimeLog[] = [];
  for (const { id } of projects) {
    const pages = source.timeLogs(
      id,
      daysAfter(today, -WORKED_WITHIN_DAYS),
      daysAfter(today, LOGGED_AHEAD_DAYS),
    );
    for await (const logs of pages)
      approved.push(
        ...logs.filter((log) => log.approval === 'approved' && (log.modifiedAt ?? since) >= since),
      );
  }
  return approved;
}
