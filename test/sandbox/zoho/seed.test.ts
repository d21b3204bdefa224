import { expect, test } from '@jest/globals';
import { seedZoho, type WorkGround, type ZohoSeedManifest } from '../../../sandbox/work/seed-zoho.ts';
import { createWorld } from '../../../sandbox/world.ts';
import { createZohoAccounts } from '../../../sandbox/zoho-accounts/zoho-accounts.ts';
import { createZohoBooks } from '../../../sandbox/zoho-books/zoho-books.ts';
import { createZohoProjects } from '../../../sandbox/zoho-projects/zoho-projects.ts';

function emptyGround() {
  const world = createWorld();
  const accounts = createZohoAccounts(world);
  return {
    world,
    zohoProjects: createZohoProjects(world, accounts),
    zohoBooks: createZohoBooks(world, accounts),
  };
}

function logsOf({ zohoProjects }: WorkGround, milestone: string) {
  const items = new Set(zohoProjects.portal.itemsOfPhase(milestone));
  return [...zohoProjects.portal.logs.all()].filter(({ itemId }) => itemId !== null && items.has(itemId));
}

test('the same seed gives the same work, another seed other work', () => {
  const [first, second, third] = [1, 1, 2].map((seed) => {
    const ground = emptyGround();
    seedZoho(ground, { seed });
    return [ground.zohoProjects.snapshot(), ground.zohoBooks.snapshot()];
  });

  expect(second).toEqual(first);
  expect(third).not.toEqual(first);
});

test('the work is as agencies have it: some closed, some unapproved, most with receipts', () => {
  const ground = emptyGround();
  const manifest: ZohoSeedManifest = seedZoho(ground, { projects: 8, expenses: 10 });
  const logs = [...ground.zohoProjects.portal.logs.all()];
  const expenses = [...ground.zohoBooks.books.expenses.values()];

  expect(manifest).toMatchObject({ logs: logs.length });
  expect([manifest.milestones.length, manifest.closed.length]).toEqual([32, 16]);
  expect(new Set(logs.map(({ approval }) => approval))).toEqual(new Set(['Approved', 'Pending', 'Rejected']));
  expect(new Set(logs.map(({ module }) => module))).toEqual(new Set(['task', 'issue', 'general']));
  expect(logs.every(({ date }) => date < '2026-11-02' && date > '2026-05-01')).toBe(true);
  expect(expenses.filter(({ receipt }) => receipt !== null).length).toBeGreaterThan(40);
  expect(expenses.some(({ lines }) => lines.length > 1)).toBe(true);
});

test('an exact seed is a thousand closed milestones of ten billable, approved logs on ten tasks', () => {
  const ground = emptyGround();

  const manifest = seedZoho(ground, { exact: true });

  expect([manifest.projects.length, manifest.closed.length, manifest.logs]).toEqual([10, 1000, 10_000]);
  const [first = ''] = manifest.closed;
  const logs = logsOf(ground, first);
  expect(new Set(logs.map(({ itemId }) => itemId)).size).toBe(10);
  expect(logs.every(({ isBillable, approval }) => isBillable && approval === 'Approved')).toBe(true);
});
