import { describe, expect, test } from '@jest/globals';
import type { JsonObject, JsonValue, MutableJsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import { compiledRule, rule } from '../rules.ts';

const address = compiledRule(rule('MailingAddress', 'ADDRESS'));

const contact = (
  street: string | null,
  city: string | null,
  state: string | null,
  zip: string | null,
  country: string | null,
): JsonObject => ({
  MailingStreet: street,
  MailingCity: city,
  MailingState: state,
  MailingPostalCode: zip,
  MailingCountry: country,
});
const member = (ADDRESS: JsonValue): JsonObject => ({ merge_fields: { ADDRESS } });

function written(side: 'left' | 'right', canonical: string): JsonValue {
  const payload: MutableJsonObject = {};
  return address.write[side](canonical, payload)?.code ?? payload;
}

describe('address', () => {
  const canonical = '1 Main St\nFloor 2\nSpringfield\nIL\n62701\nUS';

  test('reads the same from lines of a street, two address lines, country names and codes', () => {
    const whole = {
      addr1: '1 Main St',
      addr2: 'Floor 2',
      city: 'Springfield',
      state: 'IL',
      zip: '62701',
      country: 'US',
    };

    expect([
      address.read.left(contact('1 Main St\r\nFloor 2', 'Springfield', 'IL', '62701', 'United States')),
      address.read.left(contact('1 Main St\nFloor 2\n', 'Springfield', 'IL', '62701', 'usa')),
      address.read.right(member(whole)),
    ]).toEqual([canonical, canonical, canonical]);
  });

  test('is written as each system holds it', () => {
    expect([written('left', canonical), written('right', canonical)]).toEqual([
      contact('1 Main St\nFloor 2', 'Springfield', 'IL', '62701', 'United States'),
      member({
        addr1: '1 Main St',
        addr2: 'Floor 2',
        city: 'Springfield',
        state: 'IL',
        zip: '62701',
        country: 'US',
      }),
    ]);
  });

  test('an empty one is an empty text in Mailchimp and five empty fields in Salesforce', () => {
    expect([address.read.right(member('')), written('right', ''), written('left', '')]).toEqual([
      '',
      member(''),
      contact(null, null, null, null, null),
    ]);
  });

  test.each([
    ['street', contact(null, 'Springfield', 'IL', '62701', 'US')],
    ['city', contact('1 Main St', null, 'IL', '62701', 'US')],
    ['state', contact('1 Main St', 'Springfield', ' ', '62701', 'US')],
    ['postal code', contact('1 Main St', 'Springfield', 'IL', '', 'US')],
  ])('without a %s Mailchimp takes none: it counts as empty for this pair', (_, values) => {
    expect(address.read.left(values)).toBe('');
  });

  test('without a country it is the one that Mailchimp would store', () => {
    expect(address.read.left(contact('1 Main St', 'Springfield', 'IL', '62701', null))).toBe(
      '1 Main St\n\nSpringfield\nIL\n62701\nUS',
    );
  });

  test.each([
    ['Deutschland', 'DE'],
    ['Germany', 'DE'],
    ['de', 'DE'],
    ['UK', 'GB'],
    ['Türkiye', 'TR'],
    ['Turkey', 'TR'],
    ['Atlantis', 'Atlantis'],
  ])('the country %s compares as %s', (country, code) => {
    expect(address.read.left(contact('1', 'b', 'c', 'd', country))).toBe(`1\n\nb\nc\nd\n${code}`);
  });

  test('a part too long for Salesforce is refused, or cut where the rule says so', () => {
    const long = member({ addr1: '1', addr2: '', city: 'c'.repeat(50), state: 's', zip: 'z', country: 'FR' });
    const cutting = compiledRule(rule('MailingAddress', 'ADDRESS', { tooLong: 'cut' }));

    expect(written('left', address.read.right(long))).toBe('VALUE_TOO_LONG');
    expect(cutting.read.right(long)).toBe(`1\n\n${'c'.repeat(40)}\ns\nz\nFR`);
  });
});
