import { describe, expect, test } from '@jest/globals';
import { SIDES, type Side } from '@stackbridge/shared-mappers/model/side.ts';
import type { Delivered } from '@stackbridge/shared-mappers/sync/stateless/delivered-connector.ts';
import fc from 'fast-check';
import { PeopleWorld } from '../../support/people-world.ts';

/** More rounds than any family needs: past them it is a ping-pong. */
const MOST_ROUNDS = 16;

/** Triggers that are polled, and steps whose deliveries may wait, come out of order or twice. */
class Zaps {
  readonly world = new PeopleWorld();
  readonly #seen = new Set<string>();
  readonly #delayed = new Map<string, Side>();
  readonly #waiting: { readonly side: Side; readonly delivered: Delivered }[] = [];
  readonly #delivered: { readonly side: Side; readonly delivered: Delivered }[] = [];

  async poll(): Promise<void> {
    for (const side of SIDES) {
      for (const [id, delivered] of await this.world.poll(side)) {
        if (this.#seen.has(id)) continue;
        this.#seen.add(id);
        this.#waiting.push({ side, delivered });
      }
    }
  }

  async deliver(at: number): Promise<void> {
    const [next] = this.#waiting.splice(at % Math.max(1, this.#waiting.length), 1);
    if (next === undefined) return;
    this.#delivered.push(next);
    await this.#take(next);
  }

  async repeat(at: number): Promise<void> {
    const again = this.#delivered[at % Math.max(1, this.#delivered.length)];
    if (again !== undefined) await this.#take(again);
  }

  /** Nobody without a member may have moved, or gone, since the delivery was packed: see docs/without-a-store.md. */
  async #take({ side, delivered }: { readonly side: Side; readonly delivered: Delivered }): Promise<void> {
    const { record, relatives } = delivered;
    const { left } = this.world.records;
    const hasMoved = [record, ...(relatives?.records ?? [])].some(({ id, object, state, values }) => {
      const now = left.get(id);
      const isNobodys = object === 'Contact' && state === 'live' && (values.partner ?? '') === '';
      return isNobodys && (now?.values.email !== values.email || now?.state !== 'live');
    });
    if (hasMoved) return;
    const { waits } = await this.world.take(side, delivered);
    if (waits) this.#delayed.set(record.id, side);
    else this.#delayed.delete(record.id);
  }

  /** Hours later: whoever waits for others is looked at again. */
  async lookAgain(): Promise<void> {
    for (const [id, side] of [...this.#delayed]) {
      const found = await this.world.find(side, id);
      this.#delayed.delete(id);
      if (found !== undefined) await this.#take({ side, delivered: found });
    }
    await this.settle();
  }

  async settle(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      await this.poll();
      if (this.#waiting.length === 0) return;
      while (this.#waiting.length > 0) await this.deliver(0);
    }
    throw new RangeError('The steps never come to rest');
  }
}

const ADDRESSES = ['family@x.test', 'other@x.test'] as const;
const address = fc.constantFrom(...ADDRESSES);
const who = fc.nat({ max: 2 });
const kind = <Kind extends string>(name: Kind) => fc.constant(name);
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: kind('rename'), who, name: fc.constantFrom('Ada', 'Byron') }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('move'), who, to: address }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('enter'), to: address }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('delete'), who }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('merge'), who, into: who }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('opt-out'), who }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('unsubscribe'), who }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('poll') }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('deliver'), at: who }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('repeat'), at: fc.nat({ max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: kind('settle') }) },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

async function play(steps: readonly Step[]): Promise<Zaps> {
  const zaps = new Zaps();
  const { world } = zaps;
  const idOf = (side: Side, at: number): string => [...world.records[side].keys()][at] ?? '';
  world.contact(ADDRESSES[0], 'Ada');
  world.contact(ADDRESSES[0], 'Byron');
  for (const one of steps) {
    switch (one.kind) {
      case 'rename':
        world.edit('left', idOf('left', one.who), { name: one.name });
        break;
      case 'move':
        world.edit('left', idOf('left', one.who), { email: one.to });
        break;
      case 'enter':
        world.contact(one.to, 'Anne');
        break;
      case 'delete':
        world.remove(idOf('left', one.who));
        break;
      case 'merge':
        // Overtaken by deliveries of both, a merge may link the winner to the loser's member: a person tells them apart.
        await zaps.settle();
        world.merge(idOf('left', one.who), idOf('left', one.into));
        await zaps.settle();
        break;
      case 'opt-out':
        world.edit('left', idOf('left', one.who), { optedOut: true });
        break;
      case 'unsubscribe':
        world.edit('right', idOf('right', one.who), { status: 'unsubscribed' });
        break;
      case 'poll':
        await zaps.poll();
        break;
      case 'deliver':
        await zaps.deliver(one.at);
        break;
      case 'repeat':
        await zaps.repeat(one.at);
        break;
      case 'settle':
        await zaps.settle();
        break;
    }
  }
  await zaps.settle();
  await zaps.lookAgain();
  return zaps;
}

describe('steps that reach one side each', () => {
  test('leave nothing that a sync of both sides would still write, whoever shares an address, moves, merges or goes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { world } = await play(steps);
        const before = world.shown();

        await world.syncBoth();

        expect(world.shown()).toEqual(before);
      }),
      { numRuns: 250 },
    );
  });
});
