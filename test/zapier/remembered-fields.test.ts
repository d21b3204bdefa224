import { beforeEach, describe, expect, it } from '@jest/globals';
import { contactsOf, enterAda, membersOf, startContactZaps } from './support/contact-people.ts';
import { AUDIENCE, CONTACT_RECIPE } from './support/contact-recipe.ts';
import { atRealTime, usePackagedApp } from './support/use-packaged-app.ts';
import { wordFor, ZapPair } from './support/zap-pair.ts';

const stage = usePackagedApp(atRealTime);
let zaps: ZapPair;

beforeEach(() => {
  zaps = startContactZaps(stage);
});

/** Of a call to Mailchimp: without its query, and without what it names. */
function shapeOf(path: string): string {
  return path
    .replace(/\?.*/, '')
    .replace('/mailchimp/3.0', '')
    .replaceAll(/(?<=(lists|categories)\/)\w+/g, ':id');
}

describe('what a sync step remembers of the fields that it writes', () => {
  it('is asked for once, and then each person is brought over in three calls', async () => {
    const names = ['Ada', 'Grace', 'Edith'];
    for (const name of names)
      stage.sandbox.salesforce.desk.create('Contact', { LastName: name, Email: `${name}@engines.test` });
    const people = await zaps.poll('mailchimp');
    stage.sandbox.world.calls.recording = true;

    for (const item of people) await zaps.act('mailchimp', item);

    const calls = stage.sandbox.world.calls.list().map(({ method, path }) => `${method} ${shapeOf(path)}`);
    expect(calls.filter((call) => !call.includes('/members/') && !call.startsWith('POST'))).toEqual([
      'GET /lists',
      'GET /lists/:id/merge-fields',
      'GET /lists/:id/interest-categories',
      'GET /lists/:id/interest-categories/:id/interests',
    ]);
    expect(calls).toHaveLength(4 + 3 * names.length);
    expect(membersOf(stage.sandbox)).toHaveLength(names.length);
  });

  it('takes a choice that was added afterwards', async () => {
    const tier = '  - { salesforce: Customer_Tier__c, mailchimp: TITLE }\nconsent:';
    zaps = new ZapPair(stage.app, stage.sandbox, CONTACT_RECIPE.replace('consent:', tier), AUDIENCE);
    enterAda(stage.sandbox);
    await zaps.run();
    stage.sandbox.world.clock.advance(600_000);
    const definition = { type: 'picklist', restricted: true, values: ['Gold', 'Platinum'] };
    const change = { kind: 'add', definition };
    stage.sandbox.admin.act('salesforce', 'field', { object: 'Contact', field: 'Customer_Tier__c', change });
    const [member] = membersOf(stage.sandbox);
    stage.sandbox.mailchimp.desk.edit(AUDIENCE, String(member?.contact_id), {
      merge_fields: { TITLE: 'Platinum' },
    });
    const [item] = await zaps.poll('salesforce');

    const outcome = await zaps.act('salesforce', item ?? { record: '' });

    expect(wordFor(outcome)).toBe('applied');
    expect(contactsOf(stage.sandbox)).toEqual([expect.objectContaining({ Customer_Tier__c: 'Platinum' })]);
  });

  it('empties nothing for a field that was removed afterwards', async () => {
    enterAda(stage.sandbox);
    await zaps.run();
    stage.sandbox.world.clock.advance(600_000);
    const change = { kind: 'remove' };
    stage.sandbox.admin.act('mailchimp', 'merge-field', { list: AUDIENCE, tag: 'FNAME', change });
    const [contact] = contactsOf(stage.sandbox);
    stage.sandbox.salesforce.desk.edit('Contact', String(contact?.Id), { LastName: 'King' });
    const [item] = await zaps.poll('mailchimp');

    const outcome = await zaps.act('mailchimp', item ?? { record: '' });

    expect(wordFor(outcome)).toContain(
      'The recipe does not fit both systems. mailchimp Newsletter has no field FNAME',
    );
    expect(contactsOf(stage.sandbox)).toEqual([expect.objectContaining({ FirstName: 'Ada' })]);
  });
});
