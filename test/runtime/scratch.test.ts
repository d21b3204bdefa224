import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Side } from '@stackbridge/shared-mappers/model/side.ts';
import type { Operation } from '@stackbridge/shared-mappers/plan/operation.ts';
import type { SubjectPlan } from '@stackbridge/shared-mappers/plan/subject-plan.ts';
import type { WriteAction } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { QueuedOperation, Scratch, StagedRecord } from '@stackbridge/shared-mappers/ports/scratch.ts';
import { memoryScratch } from '@stackbridge/shared-mappers/sync/memory-scratch.ts';
import { openScratch } from 'stackbridge/scratch/sqlite-scratch.ts';

const HOMES = [
  ['SQLite', openScratch],
  ['memory', async () => memoryScratch()],
] as const;

describe.each(HOMES)('scratch in %s', (_name, open) => {
  let scratch: Scratch & { dispose(): Promise<void> };
  beforeEach(async () => {
    scratch = await open();
  });
  afterEach(() => scratch.dispose());

  test('a record staged again replaces the earlier one and counts once', async () => {
    const old = staged('left', 'A', { keys: ['a@x.test'] });
    const renewed = staged('left', 'A', { subject: 'm1', keys: ['b@x.test'], name: 'new' });

    await scratch.stage([old, staged('right', 'A', { keys: [''] })]);
    await scratch.stage([renewed]);

    expect([await scratch.countStaged('left'), await scratch.countStaged('right')]).toEqual([1, 1]);
    expect(await scratch.takeLinked(10)).toEqual([[renewed]]);
    expect(await scratch.takeMatching(0, false, 10)).toEqual([]);
  });

  test('ids are known as staged on their own side only, taken or not', async () => {
    await scratch.stage([staged('left', 'A', { subject: 's' }), staged('right', 'B')]);
    await scratch.takeLinked(10);

    expect(await scratch.staged('left', ['A', 'B', 'C'])).toEqual(new Set(['A']));
    expect(await scratch.staged('right', ['A', 'B'])).toEqual(new Set(['B']));
  });

  test('linked records are taken once each, in whole groups by subject, in the order of staging', async () => {
    const a = [staged('left', 'A1', { subject: 'a' }), staged('right', 'A2', { subject: 'a' })];
    const b = [staged('left', 'B1', { subject: 'b' }), staged('left', 'B2', { subject: 'b' })];
    const c = [staged('right', 'C1', { subject: 'c' })];
    await scratch.stage([...b, ...c, ...a.toReversed(), staged('left', 'Z', { keys: ['z@x.test'] })]);

    const pages = [await scratch.takeLinked(2), await scratch.takeLinked(2), await scratch.takeLinked(2)];

    expect(pages.flat()).toEqual([b, c, a]);
    expect(await scratch.takeLinked(2)).toEqual([]);
  });

  test('a record staged while groups are taken is not passed over', async () => {
    await scratch.stage([staged('left', 'M', { subject: 'm' }), staged('left', 'N', { keys: ['n'] })]);
    await scratch.takeLinked(1);
    await scratch.takeMatching(0, false, 1);
    const late = staged('left', 'B', { subject: 'b' });
    const lateKey = staged('left', 'C', { keys: ['c'] });

    await scratch.stage([late, lateKey]);

    expect(await scratch.takeLinked(9)).toEqual([[late]]);
    expect(await scratch.takeMatching(0, false, 9)).toEqual([[lateKey]]);
  });

  test('matching takes groups that stand on both sides first and leaves the linked alone', async () => {
    const pair = [staged('left', 'A', { keys: ['p'] }), staged('right', 'B', { keys: ['p'] })];
    const shared = [staged('left', 'C', { keys: ['q'] }), staged('left', 'D', { keys: ['q'] })];
    const single = staged('right', 'E', { keys: ['r'] });
    const linked = staged('right', 'F', { subject: 's', keys: ['p'] });
    const noKey = staged('left', 'G', { keys: [''] });
    await scratch.stage([single, ...shared, ...pair, linked, noKey]);

    expect(await scratch.takeMatching(0, true, 10)).toEqual([pair]);
    expect(await scratch.takeMatching(0, true, 10)).toEqual([]);
    expect(await scratch.takeMatching(0, false, 1)).toEqual([[single]]);
    expect(await scratch.takeMatching(0, false, 1)).toEqual([shared]);
    expect(await scratch.takeLinked(10)).toEqual([[linked]]);
    expect(await scratch.takeRest(10)).toEqual([noKey]);
    expect(await scratch.takeRest(10)).toEqual([]);
  });

  test('each match key groups by its own values', async () => {
    const left = staged('left', 'A', { keys: ['a@x.test', '0042'] });
    const right = staged('right', 'B', { keys: ['b@x.test', '0042'] });
    await scratch.stage([left, right]);

    expect(await scratch.takeMatching(0, true, 10)).toEqual([]);
    expect(await scratch.takeMatching(1, true, 10)).toEqual([[left, right]]);
  });

  test('both-sided groups are found behind any number of one-sided ones', async () => {
    const alone = Array.from({ length: 50 }, (_, i) => staged('left', `L${i}`, { keys: [`a${i}`] }));
    const pair = [staged('left', 'X', { keys: ['zz'] }), staged('right', 'Y', { keys: ['zz'] })];
    await scratch.stage([...alone, ...pair]);

    expect(await scratch.takeMatching(0, true, 5)).toEqual([pair]);
  });

  test('the plan is paged in the order it was made', async () => {
    const plans = ['a', 'b', 'c'].map((key) => plan(key, []));
    await scratch.addPlans(plans.slice(0, 2));
    await scratch.addPlans(plans.slice(2));

    expect(await scratch.plans(0, 2)).toEqual([
      { position: 1, plan: plans[0] },
      { position: 2, plan: plans[1] },
    ]);
    expect(await scratch.plans(2, 2)).toEqual([{ position: 3, plan: plans[2] }]);
    expect(await scratch.plans(3, 2)).toEqual([]);
  });

  test('a page of operations holds one side, one priority and one action; renames go before creates', async () => {
    await scratch.addPlans([
      plan('a', [operation('right', 'create'), operation('left', 'update')]),
      plan('b', [operation('right', 'archive', 2), operation('right', 'rename')]),
      plan('c', [operation('right', 'opt-out', 0)]),
      plan('d', [operation('right', 'create'), operation('right', 'create')]),
    ]);

    const pages = await everyPage(scratch, 'right', 2);

    expect(pages).toEqual([
      ['c opt-out 5'],
      ['b rename 4'],
      ['a create 1', 'd create 6'],
      ['d create 7'],
      ['b archive 3'],
    ]);
    expect([await scratch.countOperations('left'), await scratch.countOperations('right')]).toEqual([1, 6]);
  });

  test('text of any script comes back as it was staged', async () => {
    const record = staged('left', 'Ä', {
      subject: '日本 "\\',
      keys: ['\u0000ü', "o'neil"],
      name: '👩‍👩‍👧 \n',
    });
    await scratch.stage([record]);

    expect(await scratch.takeLinked(1)).toEqual([[record]]);
  });
});

function staged(
  side: Side,
  id: string,
  given: { readonly subject?: string; readonly keys?: readonly string[]; readonly name?: string } = {},
): StagedRecord {
  const { subject, keys = [], name = id } = given;
  const record: SourceRecord = {
    id,
    object: side === 'left' ? 'Contact' : 'member',
    modifiedAt: 1_700_000_000_000,
    state: 'live',
    values: { Name: name, nested: { empty: null, list: [1, 'two', false] } },
  };
  return { side, record, keys, ...(subject === undefined ? {} : { subject }) };
}

function operation(side: Side, action: WriteAction, priority: Operation['priority'] = 1): Operation {
  return { side, action, changes: [], priority };
}

function plan(key: string, operations: readonly Operation[]): SubjectPlan {
  return {
    subject: { key, keyHash: 'hash', followerIds: [] },
    outcome: operations.length === 0 ? 'unchanged' : 'apply',
    operations,
    remember: [],
    issues: [],
  };
}

async function everyPage(scratch: Scratch, side: Side, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let after: QueuedOperation | undefined;
  for (;;) {
    const page = await scratch.operations(side, after, limit);
    if (page.length === 0) return pages;
    pages.push(page.map(({ subject, operation: { action }, seq }) => `${subject.key} ${action} ${seq}`));
    after = page.at(-1);
  }
}
