import { inParallel } from '../../http/in-parallel.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Project, TimeLog } from '../../model/billing/project-work.ts';
import type { ProjectSource } from '../../ports/billing-source.ts';
import type { Progress } from '../../ports/progress.ts';
import { gather } from './gather.ts';
import { isNamed } from './named-project.ts';

/** Time as the project tool has it today. */
export interface FoundTime {
  readonly projects: readonly { readonly project: Project; readonly logs: readonly TimeLog[] }[];
  /** Projects that the recipe leaves alone. */
  readonly others: readonly Project[];
  /** Every log of those projects dated within it has been read. */
  readonly span: { readonly from: CalendarDate; readonly to: CalendarDate };
}

/** The project tool answers this many calls at once without complaint. */
const PROJECTS_AT_ONCE = 4;

/** @param wanted names, keys or ids of projects; absent: all */
export async function readTime(
  source: ProjectSource,
  wanted: readonly string[] | undefined,
  span: FoundTime['span'],
  progress: Progress,
): Promise<FoundTime> {
  progress.begin('read-left');
  const all = await gather(source.projects());
  const projects = all.filter((project) => isNamed(project, wanted));
  const others = all.filter((project) => !isNamed(project, wanted));
  const found = await inParallel(projects, PROJECTS_AT_ONCE, async (project) => {
    const logs: TimeLog[] = await gather(source.timeLogs(project.id, span.from, span.to));
    progress.advance('read-left', logs.length);
    return { project, logs };
  });
  progress.end('read-left');
  return { projects: found, others, span };
}
