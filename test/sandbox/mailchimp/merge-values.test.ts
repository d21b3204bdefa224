import { beforeEach, describe, expect, test } from '@jest/globals';
import { type ServedMailchimp, serveMailchimp } from './served-mailchimp.ts';

const LIST = 'aud0000001';
const FIELDS = [
  { tag: 'LTV', name: 'Lifetime value', type: 'number' },
  { tag: 'SINCE', name: 'Since', type: 'date' },
  { tag: 'TIER', name: 'Tier', type: 'dropdown', options: { choices: ['Bronze', 'Silver'] } },
  { tag: 'SITE', name: 'Site', type: 'url' },
  { tag: 'DESK', name: 'Desk phone', type: 'phone', options: { phone_format: 'US' } },
  { tag: 'POSTAL', name: 'Postal code', type: 'zip' },
];

let served: ServedMailchimp;
beforeEach(async () => {
  served = await serveMailchimp();
  for (const field of FIELDS) await served.call('POST', `/lists/${LIST}/merge-fields`, field);
  await served.call('POST', `/lists/${LIST}/members`, {
    email_address: 'ada@acme.test',
    status: 'subscribed',
  });
});

const write = (merge_fields: Record<string, unknown>): ReturnType<ServedMailchimp['call']> =>
  served.call('PATCH', `/lists/${LIST}/members/ada@acme.test`, { merge_fields });

const address = { addr1: '1 Main St', city: 'Atlanta', state: 'GA', zip: '30308' };

describe('a merge field keeps what fits its type', () => {
  test.each([
    ['FNAME', ' Zoë ', 'Zoë'],
    ['FNAME', 42, '42'],
    ['FNAME', '', ''],
    ['FNAME', 'é'.repeat(127), 'é'.repeat(127)],
    ['LTV', 15.5, 15.5],
    ['LTV', '15.5', 15.5],
    ['LTV', '', ''],
    ['SINCE', '2024-02-29', '2024-02-29'],
    ['SINCE', '02/29/2024', '2024-02-29'],
    ['BIRTHDAY', '02/29', '02/29'],
    ['TIER', 'Silver', 'Silver'],
    ['SITE', 'https://acme.test/a?b=c', 'https://acme.test/a?b=c'],
    ['PHONE', 'call me', 'call me'],
    ['DESK', '(404) 555-0123', '(404) 555-0123'],
    ['POSTAL', '30308', '30308'],
    ['ADDRESS', address, { ...address, addr2: '', country: 'US' }],
    ['ADDRESS', { addr1: '', city: '', state: '', zip: '', country: 'DE' }, ''],
  ])('%s takes %j', async (tag, sent, kept) => {
    expect(await write({ [tag]: sent })).toMatchObject({
      status: 200,
      body: { merge_fields: { [tag]: kept } },
    });
  });

  test.each([
    ['LTV', 'many', 'Please enter a number'],
    ['SINCE', '2023-02-29', 'Please enter a valid date'],
    ['BIRTHDAY', '13/01', 'Please enter a month (01-12) and a day (01-31)'],
    ['TIER', 'silver', 'Value must be one of: Bronze, Silver (not silver)'],
    ['SITE', 'no site', 'Please enter a valid URL'],
    ['DESK', '+44 20 7946 0000', 'Please enter a valid phone number'],
    ['POSTAL', 'EC1A', 'A 5 digit zip code is required'],
    ['ADDRESS', { ...address, zip: '' }, 'Please enter a complete address'],
    ['FNAME', 'é'.repeat(128), 'Please enter no more than 255 bytes'],
    ['FNAME', null, 'Data did not match any of the schemas described in anyOf.'],
  ])('%s refuses %j', async (tag, sent, message) => {
    expect(await write({ [tag]: sent })).toMatchObject({
      status: 400,
      body: {
        title: 'Invalid Resource',
        detail: 'Your merge fields were invalid.',
        errors: [{ field: tag, message }],
      },
    });
  });

  test('and a write with one bad value changes nothing', async () => {
    await write({ FNAME: 'Ada', LTV: 'many' });

    const member = await served.call('GET', `/lists/${LIST}/members/ada@acme.test?fields=merge_fields.FNAME`);
    expect(member.body).toEqual({ merge_fields: { FNAME: '' } });
  });
});

describe('merge fields of an audience', () => {
  test('have tags of at most ten characters, unlike any other', async () => {
    const add = (tag: string): ReturnType<ServedMailchimp['call']> =>
      served.call('POST', `/lists/${LIST}/merge-fields`, { tag, name: 'X', type: 'text' });

    expect(await add('ELEVENCHARS')).toMatchObject({ status: 400 });
    expect(await add('fname')).toMatchObject({ status: 400 });
    expect(await add('nickname')).toMatchObject({ status: 200, body: { tag: 'NICKNAME', merge_id: 13 } });
  });

  test('are thirty at most', async () => {
    for (let n = 13; n <= 30; n++) {
      await served.call('POST', `/lists/${LIST}/merge-fields`, { name: `Field ${n}`, type: 'text' });
    }

    expect(
      await served.call('POST', `/lists/${LIST}/merge-fields`, { name: 'One more', type: 'text' }),
    ).toMatchObject({
      status: 400,
      body: { title: 'Invalid Resource' },
    });
  });

  test('that are required must be filled, unless validation is skipped', async () => {
    await served.call('PATCH', `/lists/${LIST}/merge-fields/1`, { name: 'First Name', required: true });
    const body = { email_address: 'bob@acme.test', status: 'subscribed' };

    const refused = await served.call('POST', `/lists/${LIST}/members`, body);
    const skipped = await served.call('POST', `/lists/${LIST}/members?skip_merge_validation=true`, body);

    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'FNAME' }] } });
    expect(skipped.status).toBe(200);
  });

  test('that are removed take their values with them', async () => {
    await write({ LTV: 7 });
    await served.call('DELETE', `/lists/${LIST}/merge-fields/7`);

    const member = await served.call('GET', `/lists/${LIST}/members/ada@acme.test?fields=merge_fields`);
    expect(Object.keys(Object(member.body).merge_fields)).not.toContain('LTV');
  });
});
