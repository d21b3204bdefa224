import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Happening, type Life, live } from './life.ts';

const person = fc.integer({ min: 0, max: 3 });
const word = fc.constantFrom('Ada', 'Zoë', 'O’Neil', 'İpek', '  Bo ', '');
const field = fc.constantFrom('first', 'last', 'title');

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('edit-crm'), who: person, field, value: word }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('edit-mail'), who: person, field, value: word }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('opt-out'), who: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unsubscribe'), who: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move-crm'), who: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move-mail'), who: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete'), who: person }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('archive'), who: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join-crm') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join-mail') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault'),
      system: fc.constantFrom('salesforce', 'mailchimp'),
      effect: fc.constantFrom('drop-before', 'drop-after', 'throttle', 'server-error', 'expire-token'),
      nth: fc.integer({ min: 1, max: 6 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait'), minutes: fc.constantFrom(1, 3, 30, 300) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('sync') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('crash'),
      at: fc.integer({ min: 1, max: 30 }),
      after: fc.boolean(),
    }),
  },
);

describe('whatever people and systems do', () => {
  test('nothing is lost or doubled, opt-outs stick, and after two quiet syncs a third writes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 30 }), async (happenings) => {
        const life: Life = await live(happenings);

        expect(life.wrongs).toEqual([]);
      }),
      { numRuns: Number(process.env.LIVES ?? 40), endOnFailure: false },
    );
  }, 600_000);
});
