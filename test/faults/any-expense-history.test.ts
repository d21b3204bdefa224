import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Agency } from './expense-agency.ts';
import { happening } from './expense-happening.ts';

test('any history of expenses ends with each booked once, none ever twice, none charged twice, nothing closed ever changed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 6, maxLength: 18, size: 'max' }),
      async (happenings) => {
        await using agency = await Agency.open();
        for (const what of happenings) {
          await agency.happen(what);
          for (const [id, total] of Object.entries(agency.booked()))
            expect({ id, isTwice: total > (agency.most.get(id) ?? 0) }).toEqual({ id, isTwice: false });
          expect(agency.touched()).toEqual([]);
          expect(await agency.chargedTwice()).toEqual([]);
        }

        const settled = await agency.settle();

        expect(settled).toBe(true);
        expect(agency.balance()).toEqual(agency.due());
        expect(agency.touched()).toEqual([]);
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
}, 180_000);
