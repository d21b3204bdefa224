import fc from 'fast-check';

export type Field = 'first' | 'last' | 'title' | 'topics';
const EFFECTS = ['drop-before', 'drop-after', 'throttle', 'server-error', 'expire-token'] as const;

/** Something that people or systems do. `who` counts the people there are, modulo their number. */
export type Happening =
  | {
      readonly do: 'edit-crm' | 'edit-mail';
      readonly who: number;
      readonly field: Field;
      readonly value: string;
    }
  | { readonly do: 'opt-out' | 'unsubscribe' | 'move-crm' | 'move-mail'; readonly who: number }
  | { readonly do: 'delete' | 'archive' | 'join-relative'; readonly who: number }
  | { readonly do: 'join-crm' | 'join-mail' | 'sync' | 'lose-state' }
  | {
      readonly do: 'fault';
      readonly system: string;
      readonly effect: (typeof EFFECTS)[number];
      readonly nth: number;
    }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'crash'; readonly at: number; readonly after: boolean };

/** Someone's edit and someone's sync are the usual things; the rest happens now and then. */
export function happenings(): fc.Arbitrary<Happening[]> {
  const who = fc.integer({ min: 0, max: 5 });
  const word = fc.constantFrom('Ada', 'Zoë', 'O’Neil', 'İpek', '  Bo ', '');
  const topics = fc.constantFrom('News', 'Offers', 'News;Events', 'Events;Offers', '');
  const one = <Name extends string>(name: Name): fc.Arbitrary<Name> => fc.constant(name);
  const text = { field: fc.constantFrom('first', 'last', 'title'), value: word } as const;
  const set = { field: fc.constant('topics'), value: topics } as const;
  return fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.record({ do: one('edit-crm'), who, ...text }) },
      { weight: 5, arbitrary: fc.record({ do: one('edit-mail'), who, ...text }) },
      { weight: 2, arbitrary: fc.record({ do: one('edit-crm'), who, ...set }) },
      { weight: 2, arbitrary: fc.record({ do: one('edit-mail'), who, ...set }) },
      { weight: 2, arbitrary: fc.record({ do: one('opt-out'), who }) },
      { weight: 2, arbitrary: fc.record({ do: one('unsubscribe'), who }) },
      { weight: 2, arbitrary: fc.record({ do: one('move-crm'), who }) },
      { weight: 2, arbitrary: fc.record({ do: one('move-mail'), who }) },
      { weight: 1, arbitrary: fc.record({ do: one('delete'), who }) },
      { weight: 1, arbitrary: fc.record({ do: one('archive'), who }) },
      { weight: 1, arbitrary: fc.record({ do: one('join-relative'), who }) },
      { weight: 2, arbitrary: fc.record({ do: one('join-crm') }) },
      { weight: 2, arbitrary: fc.record({ do: one('join-mail') }) },
      { weight: 1, arbitrary: fc.record({ do: one('lose-state') }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: one('fault'),
          system: fc.constantFrom('salesforce', 'mailchimp'),
          effect: fc.constantFrom(...EFFECTS),
          nth: fc.integer({ min: 1, max: 6 }),
        }),
      },
      { weight: 3, arbitrary: fc.record({ do: one('wait'), minutes: fc.constantFrom(1, 3, 30, 300) }) },
      { weight: 8, arbitrary: fc.record({ do: one('sync') }) },
      {
        weight: 2,
        arbitrary: fc.record({ do: one('crash'), at: fc.integer({ min: 1, max: 30 }), after: fc.boolean() }),
      },
    ),
    { minLength: 5, maxLength: 30 },
  );
}
