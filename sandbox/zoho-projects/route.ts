import type { Answer, RequestFault } from '../simulator.ts';
import type { Portal } from './portal.ts';
import { invalidParameter, notFound } from './refusal.ts';

export type Query = Readonly<Record<string, string | undefined>>;

/** One call of the API. */
export interface Call {
  portal: Portal;
  /** By name in the route's path. */
  params: Readonly<Record<string, string>>;
  query: Query;
  body: unknown;
  /** How the answer to this call is distorted, if it is. */
  fault: RequestFault | null;
}

/** Part of the product that a scope names: `ZohoProjects.timesheets.READ`. */
export type ScopeArea = 'portals' | 'projects' | 'milestones' | 'tasks' | 'timesheets' | 'bugs' | 'users';

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/zoho-projects`, parameters as `:name`; also the pattern that calls are throttled by. */
  path: string;
  operation: string;
  area: ScopeArea;
  /** @throws Refusal, or OldRefusal below `/restapi` */
  handle(call: Call): Answer;
}

export const PORTAL = '/api/v3/portal/:portal';
export const PROJECT = `${PORTAL}/projects/:project`;

/** A parameter of the path. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** The project that the path names. @throws Refusal 404 */
export function projectOf(call: Call): ReturnType<Portal['project']> {
  return call.portal.project(param(call, 'project'));
}

/** What the path names, if it belongs to the project that the path names. @throws Refusal 404 */
export function withinProject<T extends { projectId: string }>(call: Call, record: T, what: string): T {
  if (record.projectId !== projectOf(call).id) throw notFound(what);
  return record;
}

/** A whole number of the query, from 1. @throws Refusal 400 */
export function wholeNumber(query: Query, name: string, standard: number): number {
  const text = query[name];
  if (text === undefined) return standard;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw invalidParameter(name, 'A positive number is expected.');
  return number;
}
