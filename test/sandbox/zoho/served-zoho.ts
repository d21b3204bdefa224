import { buildServer } from '../../../sandbox/server.ts';
import { createWorld, type World } from '../../../sandbox/world.ts';
import { createZohoAccounts, type ZohoAccounts } from '../../../sandbox/zoho-accounts/zoho-accounts.ts';
import { createZohoBooks, type ZohoBooks } from '../../../sandbox/zoho-books/zoho-books.ts';
import { createZohoProjects, type ZohoProjects } from '../../../sandbox/zoho-projects/zoho-projects.ts';

/** An answer as the tests look at it; the body is undefined where there is none. */
export interface Answered {
  status: number;
  headers: Record<string, unknown>;
  body: unknown;
  text: string;
}

export interface CallOptions {
  token?: string;
  /** Default `Zoho-oauthtoken`. */
  scheme?: string;
  /** JSON, unless it is a form. */
  body?: object | URLSearchParams;
}

/** A sandbox of the Zoho products alone; calls go in by the side door. */
export interface ServedZoho {
  readonly world: World;
  readonly accounts: ZohoAccounts;
  readonly projects: ZohoProjects;
  readonly books: ZohoBooks;
  /** @param path from the root of the sandbox */
  call(method: Method, path: string, options?: CallOptions): Promise<Answered>;
  /** Reads from the portal. @param path below `/api/v3/portal/<id>` */
  portal(path: string): Promise<Answered>;
  /** Reads from the books. @param path below `/books/v3`; the organisation is added */
  ledger(path: string): Promise<Answered>;
  settings(change: object): void;
  close(): Promise<void>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export async function serveZoho(): Promise<ServedZoho> {
  const world = createWorld();
  const accounts = createZohoAccounts(world);
  const projects = createZohoProjects(world, accounts);
  const books = createZohoBooks(world, accounts);
  const app = buildServer(world, [accounts, projects, books]);
  const call: ServedZoho['call'] = async (method, path, { token, scheme = 'Zoho-oauthtoken', body } = {}) => {
    const isForm = body instanceof URLSearchParams;
    const answer = await app.inject({
      method,
      url: path,
      headers: {
        authorization: `${scheme} ${token ?? accounts.grants.first.accessToken}`,
        'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
      },
      ...(body === undefined ? {} : { payload: isForm ? body.toString() : JSON.stringify(body) }),
    });
    const isJson = String(answer.headers['content-type'] ?? '').includes('json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: isJson && answer.body !== '' ? JSON.parse(answer.body) : undefined,
      text: answer.body,
    };
  };
  return {
    world,
    accounts,
    projects,
    books,
    call,
    portal: (path) => call('GET', `/zoho-projects/api/v3/portal/${projects.portal.id}${path}`),
    ledger: (path) => {
      const join = path.includes('?') ? '&' : '?';
      const organisation = `organization_id=${books.books.organisation.id}`;
      return call('GET', `/zoho-books/books/v3${path}${join}${organisation}`);
    },
    settings: (change) => {
      projects.actions.settings?.run(change);
    },
    close: () => app.close(),
  };
}

/** One project with a milestone, a task in it, an issue, and who works on them. */
export interface SmallPortal {
  ada: string;
  project: string;
  milestone: string;
  task: string;
  issue: string;
}

export function smallPortal({ projects: { desk } }: ServedZoho): SmallPortal {
  const ada = desk.create('users', { name: 'Ada Lovelace', email: 'ada@acme.test', rate: '150.00' });
  const project = desk.create('projects', { name: 'Engine', group: 'Consulting' });
  const milestone = desk.create('phases', { project, name: 'Notes', custom: { cf_fixed_amount: '500.00' } });
  const task = desk.create('tasks', { project, milestone, name: 'Translate' });
  const issue = desk.create('issues', { project, milestone, name: 'Off by one' });
  return { ada, project, milestone, task, issue };
}

/** A listing of a project's time logs. */
export function timeLogs(project: string, query: Record<string, string>): string {
  return `/projects/${project}/timelogs?${new URLSearchParams({
    view_type: 'customdate',
    start_date: '2026-08-01',
    end_date: '2026-11-30',
    module: '{"type":"task"}',
    ...query,
  })}`;
}

/** Every value under that key, however deep. */
export function valuesOf(body: unknown, key: string): unknown[] {
  if (Array.isArray(body)) return body.flatMap((entry) => valuesOf(entry, key));
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => (name === key ? [value] : valuesOf(value, key)));
}

/** Ids of the logs of a listing, in their order, repeats included. */
export function logIds(body: unknown): unknown[] {
  return valuesOf(body, 'log_details').flatMap((logs) =>
    Array.isArray(logs) ? logs.map((log) => Object(log).id) : [],
  );
}

export function titleOf({ status, body }: Answered): unknown[] {
  return [status, ...valuesOf(body, 'title')];
}
