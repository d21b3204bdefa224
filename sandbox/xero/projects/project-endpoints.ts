import type { Answer } from '../../simulator.ts';
import type { Books } from '../books/books.ts';
import type { Project } from '../books/project.ts';
import { listOf, param, type XeroCall, type XeroEndpoint } from '../endpoint.ts';
import { rounded } from '../wire/money.ts';
import { notFound } from '../wire/refusal.ts';
import { ProjectInput, ProjectPatch, readBody } from './project-input.ts';
import { showProject, showProjectUser } from './project-json.ts';
import { pageAnswer } from './project-page.ts';
import { ModelState } from './project-refusal.ts';

const scopes = ['projects'];

/** `/Projects` and `/ProjectsUsers`. */
export const projectEndpoints: readonly XeroEndpoint[] = [
  { method: 'GET', path: '/Projects', operation: 'projects.list', scopes, handle: list },
  {
    method: 'POST',
    path: '/Projects',
    operation: 'projects.create',
    scopes,
    handle: ({ books, ...call }) => {
      const project = composed(books, readBody({ books, ...call }, ProjectInput), undefined);
      return { status: 201, body: showProject(books, books.projects.put(project)) };
    },
  },
  {
    method: 'GET',
    path: '/Projects/:projectId',
    operation: 'projects.get',
    scopes,
    handle: (call) => ({ status: 200, body: showProject(call.books, projectAt(call)) }),
  },
  {
    method: 'PUT',
    path: '/Projects/:projectId',
    operation: 'projects.update',
    scopes,
    handle: (call) => {
      const project = projectAt(call);
      call.books.projects.put(composed(call.books, readBody(call, ProjectInput), project));
      return { status: 204 };
    },
  },
  {
    method: 'PATCH',
    path: '/Projects/:projectId',
    operation: 'projects.patch',
    scopes,
    handle: (call) => {
      const project = projectAt(call);
      call.books.projects.put({ ...project, ...readBody(call, ProjectPatch) });
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/ProjectsUsers',
    operation: 'projects.users',
    scopes,
    handle: (call) => pageAnswer(call, [...call.books.users.rows()], showProjectUser),
  },
];

/** @throws Refusal 404 */
export function projectAt(call: XeroCall): Project {
  const found = call.books.projects.get(param(call, 'projectId'));
  if (found === undefined) throw notFound();
  return found;
}

function list(call: XeroCall): Answer {
  const { books, query } = call;
  const ids = listOf(call, 'projectIds')?.map((id) => id.toLowerCase());
  const contact = (query.contactID ?? query.contactId)?.toLowerCase();
  const states = listOf(call, 'states')?.map((state) => state.toUpperCase());
  const found = [...books.projects.rows()].filter(
    ({ id, contactId, status }) =>
      (ids === undefined || ids.includes(id)) &&
      (contact === undefined || contactId === contact) &&
      (states === undefined || states.includes(status)),
  );
  return pageAnswer(call, found, (project) => showProject(books, project));
}

function composed(books: Books, input: ProjectInput, previous: Project | undefined): Project {
  const state = new ModelState();
  const name = input.name?.trim() ?? '';
  const contactId = input.contactId?.toLowerCase() ?? previous?.contactId ?? '';
  const contact = books.contacts.get(contactId);
  if (name === '') state.add('name', 'The Name field is required.');
  if (name.length > 100) state.add('name', 'The Name field must be no longer than 100 characters.');
  if (contact === undefined) state.add('contactId', 'The contact could not be found.');
  else if (contact.status !== 'ACTIVE') state.add('contactId', 'The contact is archived.');
  if (previous?.status === 'CLOSED') state.add('status', 'A closed project cannot be changed.');
  const { estimateAmount, deadlineUtc } = input;
  if (typeof estimateAmount === 'number' && estimateAmount < 0) {
    state.add('estimateAmount', 'The estimate cannot be less than zero.');
  }
  state.check();
  const deadline = deadlineUtc ?? previous?.deadlineUtc;
  const estimate = typeof estimateAmount === 'number' ? rounded(estimateAmount, 2) : previous?.estimate;
  return {
    id: previous?.id ?? books.ids.next(),
    contactId,
    name,
    status: previous?.status ?? 'INPROGRESS',
    ...(deadline === undefined ? {} : { deadlineUtc: deadline }),
    ...(estimate === undefined ? {} : { estimate }),
  };
}
