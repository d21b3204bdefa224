import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ServedZoho, type SmallPortal, serveZoho, smallPortal, valuesOf } from './served-zoho.ts';

let served: ServedZoho;
let small: SmallPortal;
beforeEach(async () => {
  served = await serveZoho();
  small = smallPortal(served);
});
afterEach(() => served.close());

function pageInfo(path: string): Promise<unknown> {
  return served.portal(path).then(({ body }) => Object(body).page_info);
}

describe('a page', () => {
  test('tells of itself with numbers, with texts, or in an array of one', async () => {
    expect(await pageInfo('/users')).toEqual({ page: 1, per_page: 100, page_count: 1, has_next_page: false });
    expect(await pageInfo('/projects')).toEqual({
      page: '1',
      per_page: '100',
      page_count: '1',
      has_next_page: false,
    });
    expect(await pageInfo(`/projects/${small.project}/phases`)).toEqual([
      { page: '1', per_page: '100', page_count: '1', has_next_page: false },
    ]);
  });

  test('holds no more rows than the portal gives, however many are asked for', async () => {
    served.settings({ maxPerPage: 2 });
    for (const name of ['b', 'c', 'd']) served.projects.desk.create('projects', { name });

    const first = await served.portal('/projects?per_page=500');
    const second = await served.portal('/projects?per_page=500&page=2');

    expect(valuesOf(Object(first.body).projects, 'name')).toContain('b');
    expect([first, second].map(({ body }) => Object(body).projects.length)).toEqual([2, 2]);
    expect(Object(first.body).page_info).toMatchObject({ per_page: '2', has_next_page: true });
  });

  test('is refused for a number that is none', async () => {
    expect(await served.portal('/projects?page=zero')).toMatchObject({
      status: 400,
      body: {
        error: {
          error_type: 'FIELDS_VALIDATION_ERROR',
          title: 'INVALID_PARAMETER_VALUE',
          details: [{ field_name: 'page' }],
        },
      },
    });
  });
});

describe('a listing', () => {
  test('of portals is a bare array, and so may be that of projects', async () => {
    const portals = await served.call('GET', '/zoho-projects/api/v3/portals');
    served.settings({ bareLists: ['portals', 'projects'] });

    expect(portals.body).toMatchObject([{ id: served.projects.portal.id, is_default: true }]);
    expect((await served.portal('/projects')).body).toMatchObject([{ id: small.project, name: 'Engine' }]);
  });

  test.each([
    ['204', 204, ''],
    ['zero-bytes', 200, ''],
    ['wrapped', 200, expect.stringContaining('"tasks":[]')],
  ])('without rows is %s', async (emptyLists, status, text) => {
    served.settings({ emptyLists });
    const project = served.projects.desk.create('projects', { name: 'Empty' });

    expect(await served.portal(`/projects/${project}/tasks`)).toMatchObject({ status, text });
  });

  test('loses rows to a fault without a word', async () => {
    served.projects.desk.create('projects', { name: 'Second' });
    served.world.faults.add({ system: 'zoho-projects', effect: { kind: 'truncate', rows: 1 } });
    served.world.faults.add({ system: 'zoho-projects', nth: 2, effect: { kind: 'empty' } });

    expect(Object((await served.portal('/projects')).body).projects).toHaveLength(1);
    expect((await served.portal('/projects')).status).toBe(204);
  });
});

describe('ids', () => {
  test('are texts of which a number cannot tell neighbours apart', async () => {
    const { task, issue } = small;

    expect(Number(task)).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    expect(task).not.toBe(issue);
    expect(Number(task)).toBe(Number(issue));
  });

  test('may come as bare numbers', async () => {
    served.settings({ ids: 'numbers' });

    const { text } = await served.portal(`/projects/${small.project}/tasks`);

    expect(text).toContain(`"id":${small.task},`);
    expect(text).toContain(`"zpuid":${small.ada}`);
  });
});

describe('a milestone', () => {
  const phases = (): string => `/projects/${small.project}/phases`;

  test('is a phase in one portal and a milestone in another; the other name is an unknown path', async () => {
    const unknown = { status: 400, body: { error: { title: 'URL_RULE_NOT_CONFIGURED' } } };
    const milestones = phases().replace('phases', 'milestones');

    expect(await served.portal(phases())).toMatchObject({ body: { phases: [{ id: small.milestone }] } });
    expect(await served.portal(milestones)).toMatchObject(unknown);
    served.settings({ spelling: 'milestones' });
    expect(await served.portal(phases())).toMatchObject(unknown);
    expect(await served.portal(milestones)).toMatchObject({
      body: { milestones: [{ id: small.milestone }] },
    });
  });

  test('is closed by its status, told in two shapes', async () => {
    served.projects.actions['close-milestone']?.run({ milestone: small.milestone });
    const named = await served.portal(phases());
    served.settings({ status: 'prefixed' });
    const prefixed = await served.portal(phases());

    expect(Object(named.body).phases).toMatchObject([
      {
        name: 'Notes',
        status: { id: '2', name: 'Completed', is_closed_type: true },
        status_type: 'closed',
        is_completed: true,
        flag: 'internal',
        owner: { zpuid: small.ada, name: 'Ada Lovelace' },
        tasks: { open_count: 2, closed_count: 0 },
        project: { id: small.project, name: 'Engine' },
        cf_fixed_amount: '500.00',
        last_modified_time: '2026-11-02T08:00:00.000Z',
      },
    ]);
    expect(Object(prefixed.body).phases).toMatchObject([
      { status: { statusId: '2', statusName: 'Completed', closed: true } },
    ]);
  });

  test('is created with 201 in either way of writing dates, and changed by PATCH', async () => {
    const base = `/zoho-projects/api/v3/portal/stackbridge${phases()}`;
    const body = {
      name: 'Second',
      start_date: '12-01-2026',
      end_date: '2026-12-24',
      flag: 'external',
      owner_zpuid: small.ada,
    };
    const created = await served.call('POST', base, { body });
    const id = Object(created.body).id;
    const closed = await served.call('PATCH', `${base}/${id}`, { body: { status: { id: '2' } } });

    expect(created).toMatchObject({
      status: 201,
      body: { start_date: '2026-12-01', end_date: '2026-12-24' },
    });
    expect(closed).toMatchObject({ status: 200, body: { is_completed: true } });
  });
});
