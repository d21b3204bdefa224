import { clientTo } from '@stackbridge/shared-mappers/connectors/client-to.ts';
import { createZohoBooksConnector } from '@stackbridge/shared-mappers/connectors/zoho-books/connector.ts';
import { createZohoProjectsConnector } from '@stackbridge/shared-mappers/connectors/zoho-projects/connector.ts';
import type { Project } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { BooksSource, ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type { PolledChange } from '@stackbridge/shared-mappers/sync/poll/cursor.ts';
import { isCompletedSince, readApprovedTime } from '@stackbridge/shared-mappers/sync/poll/finished-work.ts';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { zohoConnection } from '../connection/zoho.ts';
import { NodeFault } from '../errors/node-fault.ts';
import type { NodePorts } from '../ports/node-ports.ts';

/** What a workflow about work in Zoho can start with. */
export const WORK_EVENTS = [
  'milestone-completed',
  'time-approved',
  'expense-recorded',
  'invoice-created',
] as const;
export type WorkEvent = (typeof WORK_EVENTS)[number];

/** Where to look; empty texts mean the only one, or all of them. */
export interface WorkPlace {
  readonly portal: string;
  readonly projectId: string;
  readonly organisation: string;
}

export function readWorkChanges(
  context: IPollFunctions,
  event: WorkEvent,
  place: WorkPlace,
  since: Instant,
  ports: NodePorts,
): Promise<PolledChange<IDataObject>[]> {
  switch (event) {
    case 'milestone-completed':
      return completedMilestones(context, place, since, ports);
    case 'time-approved':
      return approvedTime(context, place, since, ports);
    case 'expense-recorded':
      return inBooks(context, place, ports, 'expenseId', (books) => books.expenses(since));
    case 'invoice-created':
      return inBooks(context, place, ports, 'invoiceId', (books) => books.invoices(since));
  }
}

async function completedMilestones(
  context: IPollFunctions,
  place: WorkPlace,
  since: Instant,
  ports: NodePorts,
): Promise<PolledChange<IDataObject>[]> {
  const source = await projectSource(context, place, ports);
  const found: PolledChange<IDataObject>[] = [];
  for (const project of await projectsLookedAt(source, place)) {
    for await (const milestones of source.milestones(project.id))
      for (const milestone of milestones.filter((one) => isCompletedSince(one, since)))
        found.push(change('milestoneId', milestone, { ...milestone, projectName: project.name }));
  }
  return found;
}

async function approvedTime(
  context: IPollFunctions,
  place: WorkPlace,
  since: Instant,
  ports: NodePorts,
): Promise<PolledChange<IDataObject>[]> {
  const source = await projectSource(context, place, ports);
  const projects = await projectsLookedAt(source, place);
  const logs = await readApprovedTime(source, projects, since, ports.clock.now());
  return logs.map((log) => change('logId', log, { ...log }));
}

async function inBooks<Row extends Modified>(
  context: IPollFunctions,
  { organisation }: WorkPlace,
  ports: NodePorts,
  idName: string,
  list: (books: BooksSource) => AsyncIterable<readonly Row[]>,
): Promise<PolledChange<IDataObject>[]> {
  const connection = await zohoConnection(context, 'zoho-books');
  const client = clientTo({ ...ports, system: 'zoho-books', connection });
  const books = createZohoBooksConnector({ client, ...(organisation === '' ? {} : { organisation }) });
  const found: PolledChange<IDataObject>[] = [];
  for await (const rows of list(books)) for (const row of rows) found.push(change(idName, row, { ...row }));
  return found;
}

interface Modified {
  readonly id: string;
  readonly modifiedAt?: Instant;
}

/** What a record shows, its id under a name that says of what. */
function change(idName: string, { id, modifiedAt }: Modified, shown: object): PolledChange<IDataObject> {
  const at = modifiedAt === undefined ? '' : new Date(modifiedAt).toISOString();
  return {
    key: `${id}-${modifiedAt ?? ''}`,
    at: modifiedAt,
    item: { ...shown, [idName]: id, modifiedAt: at },
  };
}

async function projectSource(
  context: IPollFunctions,
  { portal }: WorkPlace,
  ports: NodePorts,
): Promise<ProjectSource> {
  const connection = await zohoConnection(context, 'zoho-projects');
  const client = clientTo({ ...ports, system: 'zoho-projects', connection });
  return createZohoProjectsConnector({ client, ...(portal === '' ? {} : { portal }) });
}

async function projectsLookedAt(source: ProjectSource, { projectId }: WorkPlace): Promise<Project[]> {
  const projects: Project[] = [];
  for await (const page of source.projects())
    projects.push(...page.filter(({ id }) => projectId === '' || id === projectId));
  if (projects.length > 0 || projectId === '') return projects;
  throw new NodeFault('The Zoho account has no such project (any more)', 'Correct the project ID.');
}
