import { expect, test } from '@jest/globals';
import { ELEMENT_SEPARATOR } from '@stackbridge/shared-mappers/mapping/codecs/set.ts';
import { entriesUnder } from '@stackbridge/shared-mappers/merge/entry.ts';
import { RememberedEntries, RememberedText } from '@stackbridge/shared-mappers/merge/remembered.ts';
import { decodeBase, encodeBase } from '@stackbridge/shared-mappers/model/base.ts';
import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import fc from 'fast-check';
import { ruleOf } from '../../support/rules.ts';

const key = fingerprintKey('000102030405060708090a0b0c0d0e0f');
const entryOf = entriesUnder(key);

/** Rules of texts and sets, each with a value, and a few values that are near it. */
const values = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc
    .uniqueArray(fc.constantFrom('News', 'Offers', 'Events', 'New'))
    .map((set) => set.join(ELEMENT_SEPARATOR)),
);
const fields = fc.array(
  fc.record({ isSet: fc.boolean(), held: values, asked: values, known: fc.boolean() }),
  {
    maxLength: 8,
  },
);

test('a base says of a value what comparing its entry would, wherever the entry stands', () => {
  fc.assert(
    fc.property(fields, fc.infiniteStream(fc.nat()), (drawn, order) => {
      const rules = drawn.map(({ isSet }, at) => ruleOf({ key: `k${at}`, type: isSet ? 'set' : 'text' }));
      const entries = rules.flatMap((rule, at) =>
        drawn[at]?.known === true ? [[rule.key, entryOf(rule, drawn[at].held)] as const] : [],
      );
      const text = encodeBase(entries);
      const inText = new RememberedText(text, key);
      const inMap = new RememberedEntries(decodeBase(text), entryOf);
      const questions = drawn
        .flatMap(({ held, asked }, at) => [held, asked].map((value) => ({ rule: rules[at], value })))
        .map((question) => ({ question, rank: order.next().value }))
        .sort((a, b) => a.rank - b.rank)
        .flatMap(({ question: { rule, value } }) => (rule === undefined ? [] : [{ rule, value }]));

      const expected = questions.map(
        ({ rule, value }) => decodeBase(text).get(rule.key) === entryOf(rule, value),
      );
      expect(questions.map(({ rule, value }) => inText.says(rule, value))).toEqual(expected);
      expect(questions.map(({ rule, value }) => inMap.says(rule, value))).toEqual(expected);
    }),
  );
});

test('an entry that only begins as the one of the value is another', () => {
  const rule = ruleOf({ type: 'set' });
  const whole = entryOf(rule, `Events${ELEMENT_SEPARATOR}News`);

  const base = new RememberedText(`titl:${whole}`, key);

  expect(base.says(rule, 'Events')).toBe(false);
  expect(base.says(rule, `Events${ELEMENT_SEPARATOR}News`)).toBe(true);
});
