import { describe, expect, test } from '@jest/globals';
import type { CompiledRule } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import type { JsonValue, MutableJsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import { compiledRule, rule } from '../rules.ts';
import { leftOf, rightOf, toLeft, toRight } from './wire.ts';

describe('picklist', () => {
  const tier = compiledRule(rule('Customer_Tier__c', 'TIER'));

  test('choices are recognised in any case and written exactly', () => {
    expect([
      leftOf(tier, 'gold'),
      rightOf(tier, ' GOLD '),
      toRight(tier, 'Gold'),
      toLeft(tier, 'Gold'),
    ]).toEqual(['Gold', 'Gold', 'Gold', 'Gold']);
  });

  test('a choice that a restricted field lacks is refused there', () => {
    expect([toRight(tier, 'Platinum'), toLeft(tier, '')]).toEqual(['CHOICE_UNKNOWN', null]);
  });

  test('an open picklist takes any text', () => {
    const source = compiledRule(rule('LeadSource', 'NOTES'));

    expect([toLeft(source, rightOf(source, 'web')), toLeft(source, rightOf(source, 'Fair'))]).toEqual([
      'Web',
      'Fair',
    ]);
  });
});

describe('lookup', () => {
  const coded = compiledRule(
    rule('Customer_Tier__c', 'CODE', { lookup: { Gold: 'G', Silver: 'S', Bronze: 'B' } }),
  );

  test('translates both ways', () => {
    expect([leftOf(coded, 'gold'), rightOf(coded, 'g'), toLeft(coded, 'G'), toRight(coded, 'G')]).toEqual([
      'G',
      'G',
      'Gold',
      'G',
    ]);
  });

  test('a word without an entry is refused, even if it is a word of the other side', () => {
    expect([toRight(coded, leftOf(coded, 'Platinum')), toRight(coded, leftOf(coded, 'G'))]).toEqual([
      'CHOICE_UNKNOWN',
      'CHOICE_UNKNOWN',
    ]);
  });

  test('several words of the source may share one, where the rule is one-way', () => {
    const shared = compiledRule(
      rule('Customer_Tier__c', 'PARTNER', {
        direction: 'to-right',
        lookup: { Gold: 'Yes', Silver: 'Yes', Bronze: 'No' },
      }),
    );

    expect([leftOf(shared, 'Gold'), leftOf(shared, 'Silver'), rightOf(shared, 'yes')]).toEqual([
      'Yes',
      'Yes',
      'Yes',
    ]);
  });
});

describe('set', () => {
  const topics = compiledRule(rule('Newsletter_Topics__c', 'interests.Topics'));
  const regions = compiledRule(rule('Regions__c', 'tags'));
  const free = compiledRule(rule('Newsletter_Topics__c', 'tags'));

  const read = (compiled: CompiledRule, values: MutableJsonObject): string => compiled.read.right(values);
  const written = (compiled: CompiledRule, canonical: string): JsonValue => {
    const payload: MutableJsonObject = {};
    return compiled.write.right(canonical, payload)?.code ?? payload;
  };

  test('a multi-select and a category of interests hold the same set in any order', () => {
    const interests = { 'id-news': true, 'id-offers': false, 'id-events': true };

    expect([
      leftOf(topics, 'News;Events'),
      leftOf(topics, 'events; News;'),
      read(topics, { interests }),
    ]).toEqual(['Events\u001fNews', 'Events\u001fNews', 'Events\u001fNews']);
  });

  test('every interest of the category is said, so that what is left out goes', () => {
    expect(written(topics, 'News')).toEqual({
      interests: { 'id-news': true, 'id-offers': false, 'id-events': false, 'id-product': false },
    });
    expect(toLeft(topics, 'Events\u001fNews')).toBe('Events;News');
    expect(written(topics, 'Gossip')).toBe('CHOICE_UNKNOWN');
  });

  test('what one rule writes joins what another has put at the same place', () => {
    const payload: MutableJsonObject = { interests: { 'id-of-another-category': true } };

    topics.write.right('News', payload);

    expect(payload).toEqual({
      interests: {
        'id-of-another-category': true,
        'id-news': true,
        'id-offers': false,
        'id-events': false,
        'id-product': false,
      },
    });
  });

  test('tags that a restricted field has no choice for are out of the rule’s sight', () => {
    const tags = [
      { id: 1, name: 'north' },
      { id: 2, name: 'VIP' },
    ];

    expect(read(regions, { tags })).toBe('North');
    expect(written(regions, 'North')).toEqual({
      tags: [
        { name: 'North', status: 'active' },
        { name: 'South', status: 'inactive' },
      ],
    });
  });

  test('an open field takes all tags, and writes the whole list', () => {
    expect(
      read(free, {
        tags: [
          { id: 2, name: 'VIP' },
          { id: 1, name: 'news' },
        ],
      }),
    ).toBe('News\u001fVIP');
    expect(written(free, 'News\u001fVIP')).toEqual({ tags: ['News', 'VIP'] });
  });

  test('a semicolon cannot stand inside an element where semicolons separate them', () => {
    expect(read(free, { tags: [{ id: 1, name: 'a;b' }] })).toBe('a,b');
  });

  test('is merged element by element unless the rule says otherwise', () => {
    expect([topics.policy, compiledRule(rule('Regions__c', 'tags', { policy: 'left' })).policy]).toEqual([
      'union',
      'left',
    ]);
  });
});
