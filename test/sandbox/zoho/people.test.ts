import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ServedZoho, type SmallPortal, serveZoho, smallPortal } from './served-zoho.ts';

let served: ServedZoho;
let small: SmallPortal;
beforeEach(async () => {
  served = await serveZoho();
  small = smallPortal(served);
});
afterEach(() => served.close());

function act(name: string, input: object): void {
  served.projects.actions[name]?.run(input);
}

function enter(): string {
  return served.projects.desk.create('logs', { task: small.task, date: '2026-10-01', hours: '2:20' });
}

describe('people at the portal’s screens', () => {
  test('approve, reject and think again', () => {
    const id = enter();
    const seen = ['approve', 'reject', 'unapprove'].map((verdict) => {
      act(verdict, { log: id });
      return served.projects.portal.logs.find(id)?.approval;
    });

    expect(seen).toEqual(['Approved', 'Rejected', 'Pending']);
  });

  test('change even approved logs', () => {
    const id = enter();
    act('approve', { log: id });
    served.projects.desk.edit('logs', id, { hours: '1:00' });

    expect(served.projects.portal.logs.find(id)).toMatchObject({ minutes: 60, approval: 'Approved' });
  });

  test('move a log to a task of another project, under its own id', () => {
    const { desk } = served.projects;
    const project = desk.create('projects', { name: 'Other' });
    const task = desk.create('tasks', { project, name: 'Elsewhere' });
    const id = enter();

    act('move-log', { log: id, task });

    expect(served.projects.portal.logs.find(id)).toMatchObject({ id, projectId: project, itemId: task });
  });

  test('close a milestone and open it again', () => {
    const isClosed = () => served.projects.portal.phase(small.milestone).isClosed;
    act('close-milestone', { milestone: small.milestone });
    const closed = isClosed();
    act('reopen-milestone', { milestone: small.milestone });

    expect([closed, isClosed()]).toEqual([true, false]);
  });

  test('leave tasks without a milestone when they delete it, and nobody’s time unnamed', async () => {
    const id = enter();
    served.projects.desk.remove('phases', small.milestone);
    served.projects.desk.remove('users', small.ada);

    expect(served.projects.portal.item(small.task).phaseId).toBeNull();
    expect((await served.portal('/users')).status).toBe(204);
    expect(served.projects.desk.list('logs', { limit: 1, offset: 0, ids: [id] }).records).toMatchObject([
      { owner: { name: 'Ada Lovelace' } },
    ]);
  });
});

test('a snapshot brings portal, books and consents back as they were', async () => {
  enter();
  const take = (): unknown =>
    JSON.parse(
      JSON.stringify([served.projects.snapshot(), served.books.snapshot(), served.accounts.snapshot()]),
    );
  const before = take();
  const [projects, books, accounts] = [before].flat();
  for (const simulator of [served.projects, served.books, served.accounts]) simulator.reset();
  served.accounts.revoke();

  served.projects.restore(projects);
  served.books.restore(books);
  served.accounts.restore(accounts);

  expect(take()).toEqual(before);
});
