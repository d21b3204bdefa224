import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';
import { valuesOf } from './served-zoho.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

async function admin(method: string, path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${sandbox.baseUrls.admin}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.json();
}

async function read(url: string): Promise<unknown> {
  const authorization = `Zoho-oauthtoken ${sandbox.connections.zoho.accessToken}`;
  return (await fetch(url, { headers: { authorization } })).json();
}

test('work is seeded and changed over HTTP, and read with the connections’ own token', async () => {
  const { projectsUrl, booksUrl } = sandbox.connections.zoho;
  const seeded = Object(await admin('POST', '/seed/zoho', { projects: 1, milestones: 2, closed: 0 }));
  const [project] = seeded.projects;
  await admin('POST', '/zoho-projects/close-milestone', { milestone: seeded.milestones[0] });
  await admin('POST', '/records', {
    system: 'zoho-projects',
    object: 'logs',
    values: { project, date: '2026-11-01', hours: '1:30', log_name: 'Steering committee' },
  });

  const [portal] = Object(await read(`${projectsUrl}/api/v3/portals`));
  const phases = await read(`${projectsUrl}/api/v3/portal/${portal.id}/projects/${project}/phases`);
  const [organisation] = Object(await read(`${booksUrl}/books/v3/organizations`)).organizations;
  const expenses = await read(
    `${booksUrl}/books/v3/expenses?organization_id=${organisation.organization_id}&per_page=200`,
  );

  expect(valuesOf(phases, 'is_completed')).toEqual([true, false]);
  expect(valuesOf(expenses, 'expense_id')).toHaveLength(seeded.expenses.length);
  expect(sandbox.world.calls.counts()).toMatchObject({
    'zoho-projects': { total: 2, operations: { 'portals.list': 1, 'phases.list': 1 } },
    'zoho-books': { total: 2, operations: { 'organizations.list': 1, 'expenses.list': 1 } },
  });
});

test('a reset empties the portal and the books', async () => {
  sandbox.admin.seedZoho({ projects: 1 });
  sandbox.admin.reset();

  expect(sandbox.admin.records('zoho-projects', 'projects').total).toBe(0);
  expect(sandbox.admin.records('zoho-books', 'expenses').total).toBe(0);
});
