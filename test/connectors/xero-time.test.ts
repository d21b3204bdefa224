import { describe, expect, test } from '@jest/globals';
import { createXeroProjects } from '@stackbridge/shared-mappers/connectors/xero/projects.ts';
import { bodyOf, called, ok, scripted, silence } from './xero-client.ts';

describe('time in Xero Projects', () => {
  const entry = {
    projectId: 'p-1',
    taskId: 't-1',
    userId: 'u-1',
    date: '2026-11-02',
    minutes: 140,
    description: 'Design [ZP-log 77]',
  };
  const held = (changed = {}) => ({
    timeEntryId: 'e-1',
    projectId: 'p-1',
    taskId: 't-1',
    userId: 'u-1',
    dateUtc: '2026-11-02T10:00:00Z',
    dateEnteredUtc: '2026-11-02T12:00:00.1234567Z',
    duration: 140,
    description: 'Design [ZP-log 77]',
    status: 'ACTIVE',
    ...changed,
  });
  const items = (...rows: readonly object[]) =>
    ok({ pagination: { page: 1, pageSize: 500, pageCount: 1, itemCount: rows.length }, items: rows });

  test('is entered at an hour that is the same day from Hawaii to New Zealand', async () => {
    const { client, requests } = scripted([ok(held())]);

    const created = await createXeroProjects(client).createTimeEntry(entry);

    expect(requests.map(called)).toEqual(['POST /projects.xro/2.0/Projects/p-1/Time']);
    expect(bodyOf(requests[0])).toEqual({
      userId: 'u-1',
      taskId: 't-1',
      dateUtc: '2026-11-02T10:00:00Z',
      duration: 140,
      description: 'Design [ZP-log 77]',
    });
    expect(created).toEqual({ ...entry, id: 'e-1', status: 'active' });
  });

  test('that was entered without an answer is found by its mark', async () => {
    const { client, requests } = scripted([
      silence,
      items(held({ timeEntryId: 'e-0', description: 'other' }), held()),
    ]);

    expect(await createXeroProjects(client).createTimeEntry(entry)).toMatchObject({ id: 'e-1' });
    expect(requests.map(called)[1]).toBe(
      'GET /projects.xro/2.0/Projects/p-1/Time?dateAfterUtc=2026-11-02T00:00:00Z&dateBeforeUtc=2026-11-03T00:00:00Z&page=1&pageSize=500',
    );
  });

  test('is changed and deleted as it was planned on, and what is gone already is no fault', async () => {
    const { client, requests } = scripted([
      ok(held()),
      { status: 204 },
      ok(held()),
      { status: 204 },
      { status: 404 },
    ]);
    const projects = createXeroProjects(client);
    const known = { ...entry, id: 'e-1', status: 'active' } as const;

    await projects.updateTimeEntry(known, { ...entry, minutes: 60 });
    await projects.deleteTimeEntry(known);
    await projects.deleteTimeEntry(known);

    expect(requests.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET', 'DELETE', 'GET']);
    expect(bodyOf(requests[1])).toMatchObject({ duration: 60 });
  });

  test.each([
    ['is locked', held({ status: 'LOCKED' }), 'TIME_ENTRY_CLOSED'],
    ['was changed by a person', held({ duration: 120 }), 'TIME_ENTRY_CHANGED'],
    ['is gone', undefined, 'TIME_ENTRY_GONE'],
  ] as const)('that %s in the meantime is not written', async (_, current, code) => {
    const { client, requests } = scripted([current === undefined ? { status: 404 } : ok(current)]);
    const known = { ...entry, id: 'e-1', status: 'active' } as const;

    await expect(
      createXeroProjects(client).updateTimeEntry(known, { ...entry, minutes: 60 }),
    ).rejects.toMatchObject({ class: 'Conflict', code });
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test('goes onto projects and tasks that are made once', async () => {
    const task = {
      taskId: 't-1',
      projectId: 'p-1',
      name: 'Design',
      chargeType: 'TIME',
      status: 'ACTIVE',
      rate: { currency: 'AUD', value: 150.5 },
    };
    const project = {
      projectId: 'p-1',
      name: 'Kitchen',
      contactId: 'c-1',
      currencyCode: 'AUD',
      status: 'INPROGRESS',
    };
    const { client, requests } = scripted([
      silence,
      items(project),
      { status: 201, body: JSON.stringify(task) },
    ]);
    const projects = createXeroProjects(client);

    const made = await projects.createProject({ name: 'Kitchen', contactId: 'c-1' });
    const rate = { currency: 'AUD', value: '150.50' };
    const onIt = await projects.createTask({ projectId: made.id, name: 'Design', chargeType: 'time', rate });

    expect(made).toEqual({ id: 'p-1', name: 'Kitchen', contactId: 'c-1', currency: 'AUD', open: true });
    expect(onIt).toEqual({
      id: 't-1',
      projectId: 'p-1',
      name: 'Design',
      chargeType: 'time',
      rate: { currency: 'AUD', value: '150.5' },
      open: true,
    });
    expect(requests[2]?.body).toBe(
      '{"name":"Design","rate":{"currency":"AUD","value":150.50},"chargeType":"TIME"}',
    );
  });
});
