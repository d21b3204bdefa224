import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { addMergeField } from '@stackbridge/sandbox/mailchimp/merge-fields.ts';
import { layOutAudience } from '@stackbridge/sandbox/people/audience-fields.ts';
import { createMergeField } from '@stackbridge/shared-mappers/connectors/mailchimp/merge-field.ts';
import { LIST, type MailchimpAccount, openMailchimp } from './mailchimp-account.ts';

let account: MailchimpAccount;
beforeEach(async () => {
  account = await openMailchimp();
  layOutAudience(account.served.mailchimp.account, account.audience);
});
afterEach(() => account.close());

const writable = { creatable: true, updatable: true, required: false, unique: false, empty: '' };

describe('describing an audience', () => {
  test('names each kind of field with where it stands and what it holds', async () => {
    addMergeField(account.audience, {
      tag: 'MOBILE',
      name: 'Mobile',
      type: 'phone',
      options: { phone_format: 'US' },
    });
    const [topics] = account.audience.categories;

    const { system, object, fields } = await account.connector.describe();

    expect({ system, object }).toEqual({ system: 'mailchimp', object: LIST });
    expect([...fields.keys()]).toEqual(
      expect.arrayContaining(['contact_id', 'email_address', 'status', 'language', 'vip', 'tags', 'SBSTAMP']),
    );
    expect(fields.get('FNAME')).toEqual({
      ...writable,
      name: 'FNAME',
      label: 'First Name',
      kind: 'text',
      path: ['merge_fields', 'FNAME'],
      maxLength: 255,
      lengthUnit: 'bytes',
      restricted: false,
    });
    expect(fields.get('TIER')).toMatchObject({
      kind: 'picklist',
      restricted: true,
      choices: ['Bronze', 'Silver', 'Gold'],
    });
    expect(fields.get('POINTS')).toMatchObject({ kind: 'number' });
    expect(fields.get('SINCE')).toMatchObject({ kind: 'date' });
    expect(fields.get('BIRTHDAY')).toMatchObject({ kind: 'birthday' });
    expect(fields.get('WEBSITE')).toMatchObject({ kind: 'url' });
    expect(fields.get('PHONE')).toMatchObject({ kind: 'phone', phoneFormat: 'international' });
    expect(fields.get('MOBILE')).toMatchObject({ kind: 'phone', phoneFormat: 'us' });
    expect(fields.get('ADDRESS')).toMatchObject({
      kind: 'address',
      path: ['merge_fields', 'ADDRESS'],
      parts: { street: ['merge_fields', 'ADDRESS', 'addr1'], postalCode: ['merge_fields', 'ADDRESS', 'zip'] },
      requiredParts: ['street', 'city', 'state', 'postalCode'],
    });
    expect(fields.get('tags')).toMatchObject({ kind: 'set', setShape: 'names', path: ['tags'] });
    expect(fields.get('interests.Topics')).toEqual({
      ...writable,
      name: 'interests.Topics',
      label: 'Topics',
      kind: 'set',
      path: ['interests'],
      lengthUnit: 'bytes',
      restricted: true,
      setShape: 'flags',
      choices: topics?.interests.map(({ name }) => name),
      choiceIds: Object.fromEntries(topics?.interests.map(({ name, id }) => [name, id]) ?? []),
    });
    expect(fields.get('email_address')).toMatchObject({ kind: 'email', required: true, unique: true });
    expect(fields.get('contact_id')).toMatchObject({ kind: 'id', creatable: false, updatable: false });
  });

  test('lets no rule write consent', async () => {
    const { fields } = await account.connector.describe();
    expect(fields.get('status')).toMatchObject({ kind: 'status', creatable: false, updatable: false });
  });

  test('costs two calls and one for each interest category', async () => {
    await account.connector.describe();
    expect(account.calls()).toEqual({
      'interest-categories.list': 1,
      'interests.list': 1,
      'merge-fields.list': 1,
    });
  });
});

describe('adding a merge field', () => {
  const stamp = { tag: 'STAMP2', name: 'Stamp', type: 'text' } as const;

  test('makes it, hidden from sign-up forms', async () => {
    const made = await createMergeField(account.client, LIST, stamp);

    expect(made).toMatchObject({ name: 'STAMP2', kind: 'text', path: ['merge_fields', 'STAMP2'] });
    expect(account.audience.mergeFields.find(({ tag }) => tag === 'STAMP2')).toMatchObject({ public: false });
  });

  test('gives the one that is there, also when the first answer was lost', async () => {
    account.fault('merge-fields.add', { kind: 'drop-after' });

    const made = await createMergeField(account.client, LIST, stamp);

    expect(made.name).toBe('STAMP2');
    expect(account.audience.mergeFields.filter(({ tag }) => tag === 'STAMP2')).toHaveLength(1);
  });

  test('is refused where the tag belongs to a field of another type', async () => {
    const asNumber = createMergeField(account.client, LIST, { ...stamp, tag: 'FNAME', type: 'number' });
    await expect(asNumber).rejects.toMatchObject({ class: 'Rejected' });
  });
});
