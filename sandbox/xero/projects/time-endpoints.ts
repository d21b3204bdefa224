import type { Answer } from '../../simulator.ts';
import type { Project, TimeEntry } from '../books/project.ts';
import { listOf, param, type XeroCall, type XeroEndpoint } from '../endpoint.ts';
import { notFound } from '../wire/refusal.ts';
import { readInstant } from '../wire/wire-time.ts';
import { projectAt } from './project-endpoints.ts';
import { readBody, TimeInput } from './project-input.ts';
import { showTimeEntry } from './project-json.ts';
import { pageAnswer } from './project-page.ts';
import { invalidRequest, ModelState } from './project-refusal.ts';

const scopes = ['projects'];
const PATH = '/Projects/:projectId/Time';

/** The time spent on a project's tasks. */
export const timeEndpoints: readonly XeroEndpoint[] = [
  { method: 'GET', path: PATH, operation: 'projects.time.list', scopes, handle: list },
  {
    method: 'POST',
    path: PATH,
    operation: 'projects.time.create',
    scopes,
    handle: (call) => {
      const entry = composed(call, projectAt(call), readBody(call, TimeInput), undefined);
      return { status: 200, body: showTimeEntry(call.books.timeEntries.put(entry)) };
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:timeEntryId`,
    operation: 'projects.time.get',
    scopes,
    handle: (call) => ({ status: 200, body: showTimeEntry(entryAt(call)) }),
  },
  {
    method: 'PUT',
    path: `${PATH}/:timeEntryId`,
    operation: 'projects.time.update',
    scopes,
    handle: (call) => {
      call.books.timeEntries.put(
        composed(call, projectAt(call), readBody(call, TimeInput), editable(entryAt(call))),
      );
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/:timeEntryId`,
    operation: 'projects.time.delete',
    scopes,
    handle: (call) => {
      call.books.timeEntries.remove(editable(entryAt(call)).id);
      return { status: 204 };
    },
  },
];

function list(call: XeroCall): Answer {
  const { books, query } = call;
  const project = projectAt(call);
  const states = listOf(call, 'states')?.map((state) => state.toUpperCase());
  const afterMs = query.dateAfterUtc === undefined ? undefined : readInstant(query.dateAfterUtc);
  const beforeMs = query.dateBeforeUtc === undefined ? undefined : readInstant(query.dateBeforeUtc);
  const isChargeable = query.isChargeable?.toLowerCase();
  const is = (name: string, value: string | undefined): boolean =>
    query[name] === undefined || query[name]?.toLowerCase() === value;
  const found = [...books.timeEntries.found(books.timeByProject, project.id)].filter((entry) => {
    const atMs = Date.parse(entry.dateUtc);
    const chargeable = books.tasks.get(entry.taskId)?.chargeType !== 'NON_CHARGEABLE';
    return (
      is('userId', entry.userId) &&
      is('taskId', entry.taskId) &&
      is('invoiceId', entry.invoiceId) &&
      is('contactId', project.contactId) &&
      (states === undefined || states.includes(entry.status)) &&
      (afterMs === undefined || atMs >= afterMs) &&
      (beforeMs === undefined || atMs <= beforeMs) &&
      (isChargeable === undefined || String(chargeable) === isChargeable)
    );
  });
  return pageAnswer(call, found, showTimeEntry);
}

function entryAt(call: XeroCall): TimeEntry {
  const found = call.books.timeEntries.get(param(call, 'timeEntryId'));
  if (found === undefined || found.projectId !== projectAt(call).id) throw notFound();
  return found;
}

/** @throws Refusal for time that is locked or invoiced */
function editable(entry: TimeEntry): TimeEntry {
  if (entry.status === 'ACTIVE') return entry;
  throw invalidRequest({ status: [`A time entry that is ${entry.status} cannot be changed.`] });
}

function composed(
  { books }: XeroCall,
  project: Project,
  input: TimeInput,
  previous: TimeEntry | undefined,
): TimeEntry {
  const state = new ModelState();
  const task = books.tasks.get(input.taskId);
  if (project.status === 'CLOSED') state.add('projectId', 'Time cannot be logged to a closed project.');
  if (books.users.get(input.userId) === undefined) state.add('userId', 'The user could not be found.');
  if (task === undefined || task.projectId !== project.id)
    state.add('taskId', 'The task could not be found in the project.');
  else if (task.status !== 'ACTIVE')
    state.add('taskId', 'Time cannot be logged to a task that is locked or invoiced.');
  if (input.duration < 1 || input.duration > 59_940)
    state.add('duration', 'Duration must be between 1 and 59940 minutes.');
  state.check();
  return {
    id: previous?.id ?? books.ids.next(),
    projectId: project.id,
    taskId: input.taskId.toLowerCase(),
    userId: input.userId.toLowerCase(),
    dateUtc: new Date(readInstant(input.dateUtc) ?? 0).toISOString().replace('.000Z', 'Z'),
    enteredMs: previous?.enteredMs ?? books.now(),
    duration: input.duration,
    description: input.description ?? '',
    status: 'ACTIVE',
  };
}
