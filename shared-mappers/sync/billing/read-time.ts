import { inParallel } from '../../http/in-parallel.ts';
import type { Project, TimeLog } from '../../model/billing/project-work.ts';
import type { DateSpan } from '../../ports/accounting-target.ts';
import type { ProjectSource } from '../../ports/billing-source.ts';
import type { Progress } from '../../ports/progress.ts';
import { gather } from './gather.ts';
import { isNamed } from './named-project.ts';

/** Time as the project tool has it today. */
export interface FoundTime {
  readonly projects: readonly { readonly project: Project; readonly logs: readonly TimeLog[] }[];
  /** Projects that the recipe takes the time of, and of whose time the source was handed none. */
  readonly unread: readonly Project[];
  /** Those of them that a log may have come from lately. */
  readonly origins: readonly Project[];
  /** Projects that the recipe leaves alone. */
  readonly others: readonly Project[];
  /** Every log of those projects dated within it has been read. */
  readonly span: DateSpan;
  /** Days that the recipe takes time of: an entry may stand on any of them, since logs get other dates. */
  readonly asked: DateSpan;
}

/** The project tool answers this many calls at once without complaint. */
const PROJECTS_AT_ONCE = 4;

/** @param wanted names, keys or ids of projects; absent: all */
export async function readTime(
  source: ProjectSource,
  wanted: readonly string[] | undefined,
  asked: DateSpan,
  progress: Progress,
): Promise<FoundTime> {
  progress.begin('read-left');
  const { handed } = source;
  const all = await gather(source.projects());
  const named = all.filter((project) => isNamed(project, wanted));
  const others = all.filter((project) => !isNamed(project, wanted));
  const isRead = ({ id }: Project): boolean => handed === undefined || handed.projectId === id;
  const span = handed === undefined ? asked : within(asked, handed);
  const projects = await inParallel(named.filter(isRead), PROJECTS_AT_ONCE, async (project) => {
    const logs: TimeLog[] = await gather(source.timeLogs(project.id, span.from, span.to));
    progress.advance('read-left', logs.length);
    return { project, logs };
  });
  progress.end('read-left');
  const unread = named.filter((project) => !isRead(project));
  const origins = unread.filter(({ id }) => handed?.origins.includes(id) === true);
  return { projects, unread, origins, others, span, asked };
}

function within(asked: DateSpan, { from, to }: DateSpan): DateSpan {
  return { from: from > asked.from ? from : asked.from, to: to < asked.to ? to : asked.to };
}
