import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SystemAnswer, SystemClient } from '../../http/system-client.ts';
import type { CalendarDate } from '../../model/billing/money.ts';
import type { Milestone, TimeLog } from '../../model/billing/project-work.ts';
import type { ProjectSource } from '../../ports/billing-source.ts';
import { ModuleOffError, saysUnknownPath } from './errors.ts';
import { firstText } from './identity.ts';
import { askPage, type Listing, readListing, rowsUnder } from './listing.ts';
import { MilestoneRow, toMilestone } from './milestone.ts';
import { PersonRow, personIdOf, personNameOf } from './person.ts';
import type { Portal } from './portal.ts';
import { ProjectRow, toProject } from './project.ts';
import {
  type LogRow,
  logRowsOf,
  minutesOfLog,
  statedMinutes,
  TIME_LOG_MODULES,
  type TimeLogModule,
  toTimeLog,
  workItemOf,
} from './time-log.ts';
import { type Window, windowsOf } from './windows.ts';
import { createWorkItems } from './work-items.ts';

/** Newer portals call them phases; which of the two a portal knows is found out once. */
type PhaseSpelling = 'phases' | 'milestones';

export interface ReaderOptions {
  readonly client: SystemClient;
  /** Resolved at the first read. */
  readonly portal: () => Promise<Portal>;
  readonly fixedAmountField: string | undefined;
  readonly webUrl: string | undefined;
}

export function createReader(options: ReaderOptions): Omit<ProjectSource, 'system'> {
  const { client, portal, fixedAmountField, webUrl } = options;
  let spelling: PhaseSpelling | undefined;
  let probing: Promise<unknown> | undefined;

  async function projectPath(projectId: string): Promise<string> {
    return `${(await portal()).path}/projects/${encodeURIComponent(projectId)}`;
  }

  /** The first page of a project's milestones, under the name that the portal answers to. */
  async function firstPage(path: string): Promise<{ name: PhaseSpelling; first: SystemAnswer }> {
    const tried: readonly PhaseSpelling[] = spelling === undefined ? ['phases', 'milestones'] : [spelling];
    for (const name of tried) {
      const first = await askPage(client, { path: `${path}/${name}` }, 1);
      if (saysUnknownPath(first)) continue;
      spelling = name;
      return { name, first };
    }
    throw new StackbridgeError(
      'CONNECTIONS_INVALID',
      'Zoho Projects knows neither phases nor milestones at this address',
      { system: 'zoho-projects' },
    );
  }

  async function* milestones(projectId: string): AsyncGenerator<readonly Milestone[]> {
    const path = await projectPath(projectId);
    // While one project finds the spelling out, the others wait for it.
    if (probing !== undefined) await probing.catch(() => undefined);
    const page = firstPage(path);
    if (spelling === undefined) probing = page;
    const { name, first } = await page;
    const listing = {
      path: `${path}/${name}`,
      rowsOf: rowsUnder(MilestoneRow, name, 'phases', 'milestones'),
      idOf: ({ id }: { id: string }) => id,
    };
    for await (const rows of readListing(client, listing, first))
      yield rows.map((row) => toMilestone(row, projectId, fixedAmountField));
  }

  async function* timeLogs(
    projectId: string,
    from: CalendarDate,
    to: CalendarDate,
  ): AsyncGenerator<readonly TimeLog[]> {
    const path = await projectPath(projectId);
    const items = {
      task: createWorkItems(client, path, 'tasks'),
      issue: createWorkItems(client, path, 'issues'),
    };
    const known = new Set<string>();
    for (const window of windowsOf(from, to)) {
      for await (const { module, rows } of logRows(client, path, window)) {
        // A log that was moved while it was read may come under two kinds.
        const fresh = rows.filter(({ id }) => !known.has(id));
        for (const { id } of fresh) known.add(id);
        const wanted = new Set(fresh.flatMap((row) => workItemOf(row, module) ?? []));
        const milestones =
          module === 'general' || wanted.size === 0 ? undefined : await items[module].milestonesOf(wanted);
        const logs = fresh.map((row) =>
          toTimeLog(row, module, projectId, milestones?.get(workItemOf(row, module) ?? '')),
        );
        if (logs.length > 0) yield logs;
      }
    }
  }

  return {
    async *projects() {
      const { path, name } = await portal();
      const pages = webUrl === undefined ? undefined : `${webUrl.replace(/\/+$/, '')}/portal/${name}`;
      const listing = {
        path: `${path}/projects`,
        rowsOf: rowsUnder(ProjectRow, 'projects'),
        idOf: ({ id }: { id: string }) => id,
      };
      for await (const rows of readListing(client, listing)) yield rows.map((row) => toProject(row, pages));
    },

    milestones,
    timeLogs,

    async *people() {
      const listing = {
        path: `${(await portal()).path}/users`,
        rowsOf: rowsUnder(PersonRow, 'users'),
        idOf: personIdOf,
      };
      for await (const rows of readListing(client, listing))
        yield rows.map((row) => ({
          id: personIdOf(row),
          name: personNameOf(row),
          email: firstText(row.email) ?? '',
        }));
    },
  };
}

/** The logs of one window, kind by kind: `module` is required, and takes one kind a call. */
async function* logRows(
  client: SystemClient,
  projectPath: string,
  window: Window,
): AsyncGenerator<{ readonly module: TimeLogModule; readonly rows: readonly LogRow[] }> {
  for (const module of TIME_LOG_MODULES) {
    try {
      // All of them before their work items are asked for: one listing of those may tell of them all.
      const rows: LogRow[] = [];
      for await (const some of readLogs(client, projectPath, window, module)) rows.push(...some);
      if (rows.length > 0) yield { module, rows };
    } catch (error) {
      // A portal without issues has no time on issues.
      if (module !== 'issue' || !(error instanceof ModuleOffError)) throw error;
    }
  }
}

async function* readLogs(
  client: SystemClient,
  projectPath: string,
  { from, to }: Window,
  module: TimeLogModule,
): AsyncGenerator<readonly LogRow[]> {
  let stated = 0;
  let read = 0;
  let ofFirst: number | undefined;
  const type = encodeURIComponent(JSON.stringify({ type: module }));
  const listing: Listing<LogRow> = {
    path: `${projectPath}/timelogs`,
    query: `view_type=customdate&start_date=${from}&end_date=${to}&module=${type}`,
    rowsOf: (body) => {
      stated = Math.max(stated, statedMinutes(body) ?? 0);
      return logRowsOf(body);
    },
    idOf: ({ id }) => id,
    isWhole: (fresh, saysEnd) => {
      for (const row of fresh) read += minutesOfLog(row);
      ofFirst ??= read;
      // More than the first page holds can only be the total of the listing; what is missing then has no time on it.
      return stated > 0 && read >= stated && (saysEnd || stated > ofFirst);
    },
  };
  yield* readListing(client, listing);
  // Answers total the listing, or their own page: either way the rows must come to as much.
  if (read >= stated) return;
  throw new StackbridgeError(
    'LISTING_INCOMPLETE',
    `Zoho Projects' list of time logs is incomplete: ${read} of ${stated} minutes came`,
    { system: 'zoho-projects' },
  );
}
