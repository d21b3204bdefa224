import type { Answer } from '../../simulator.ts';
import type { Project, ProjectTask } from '../books/project.ts';
import { listOf, param, type XeroCall, type XeroEndpoint } from '../endpoint.ts';
import { rounded } from '../wire/money.ts';
import { notFound } from '../wire/refusal.ts';
import { projectAt } from './project-endpoints.ts';
import { readBody, TaskInput } from './project-input.ts';
import { showTask } from './project-json.ts';
import { pageAnswer } from './project-page.ts';
import { invalidRequest, ModelState } from './project-refusal.ts';

const scopes = ['projects'];
const PATH = '/Projects/:projectId/Tasks';

/** The tasks of a project: what its time is charged as. */
export const taskEndpoints: readonly XeroEndpoint[] = [
  { method: 'GET', path: PATH, operation: 'projects.tasks.list', scopes, handle: list },
  {
    method: 'POST',
    path: PATH,
    operation: 'projects.tasks.create',
    scopes,
    handle: (call) => {
      const task = composed(call, projectAt(call), readBody(call, TaskInput), undefined);
      return { status: 201, body: showTask(call.books, call.books.tasks.put(task)) };
    },
  },
  {
    method: 'GET',
    path: `${PATH}/:taskId`,
    operation: 'projects.tasks.get',
    scopes,
    handle: (call) => ({ status: 200, body: showTask(call.books, taskAt(call)) }),
  },
  {
    method: 'PUT',
    path: `${PATH}/:taskId`,
    operation: 'projects.tasks.update',
    scopes,
    handle: (call) => {
      call.books.tasks.put(composed(call, projectAt(call), readBody(call, TaskInput), taskAt(call)));
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: `${PATH}/:taskId`,
    operation: 'projects.tasks.delete',
    scopes,
    handle: (call) => {
      const { books } = call;
      const task = taskAt(call);
      const hasTime = [...books.timeEntries.found(books.timeByProject, task.projectId)].some(
        ({ taskId }) => taskId === task.id,
      );
      if (hasTime) throw invalidRequest({ taskId: ['A task with time entries cannot be deleted.'] });
      books.tasks.remove(task.id);
      return { status: 204 };
    },
  },
];

function list(call: XeroCall): Answer {
  const { books, query } = call;
  const ids = listOf(call, 'taskIds')?.map((id) => id.toLowerCase());
  const chargeType = query.chargeType?.toUpperCase();
  const found = [...books.tasks.found(books.tasksByProject, projectAt(call).id)].filter(
    (task) =>
      (ids === undefined || ids.includes(task.id)) &&
      (chargeType === undefined || task.chargeType === chargeType),
  );
  return pageAnswer(call, found, (task) => showTask(books, task));
}

function taskAt(call: XeroCall): ProjectTask {
  const found = call.books.tasks.get(param(call, 'taskId'));
  if (found === undefined || found.projectId !== projectAt(call).id) throw notFound();
  return found;
}

function composed(
  { books }: XeroCall,
  project: Project,
  input: TaskInput,
  previous: ProjectTask | undefined,
): ProjectTask {
  const state = new ModelState();
  const name = input.name?.trim() ?? '';
  if (name === '') state.add('name', 'The Name field is required.');
  if (name.length > 100) state.add('name', 'The Name field must be no longer than 100 characters.');
  if (input.rate.currency !== books.organisation.baseCurrency) {
    state.add('rate.currency', 'The currency of the rate must be the currency of the project.');
  }
  if (input.rate.value < 0) state.add('rate.value', 'The rate cannot be less than zero.');
  if (project.status === 'CLOSED') state.add('projectId', 'Tasks cannot be changed in a closed project.');
  if (previous !== undefined && previous.status !== 'ACTIVE')
    state.add('status', 'The task is locked or invoiced.');
  const { estimateMinutes } = input;
  if (typeof estimateMinutes === 'number' && estimateMinutes < 0) {
    state.add('estimateMinutes', 'The estimate cannot be less than zero.');
  }
  state.check();
  return {
    id: previous?.id ?? books.ids.next(),
    projectId: project.id,
    name,
    rate: rounded(input.rate.value, 4),
    chargeType: input.chargeType,
    ...(typeof estimateMinutes === 'number' ? { estimateMinutes } : {}),
    status: previous?.status ?? 'ACTIVE',
  };
}
