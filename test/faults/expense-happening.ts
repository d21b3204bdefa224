import fc from 'fast-check';

const which = fc.nat({ max: 99 });
const cents = fc.integer({ min: 1, max: 99_999 });
/** What may happen between two looks at the expenses of an agency. */
export const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('book' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('invoice' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('crash' as const), at: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('lose' as const),
      path: fc.constantFrom('/Invoices', '/BankTransactions', '/LinkedTransactions', '/Contacts'),
      kind: fc.constantFrom('drop-before', 'drop-after'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 30, 200) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('enter' as const),
      cents,
      paid: fc.boolean(),
      billable: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      which,
      set: fc.oneof(
        cents.map((amount) => ({ amount: (amount / 100).toFixed(2) })),
        fc.boolean().map((is_billable) => ({ is_billable })),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), which }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('deed' as const),
      which,
      deed: fc.constantFrom('authorise', 'submit', 'void', 'delete-invoice', 'edit-invoice'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('answer' as const) }) },
);
export type Happening = typeof happening extends fc.Arbitrary<infer Each> ? Each : never;
