import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { contactsOf, enterAda, membersOf, startContactZaps } from './support/contact-people.ts';
import { AUDIENCE, CONTACT_RECIPE } from './support/contact-recipe.ts';
import { atRealTime, usePackagedApp } from './support/use-packaged-app.ts';
import { wordFor, type ZapPair } from './support/zap-pair.ts';

const stage = usePackagedApp(atRealTime);
let zaps: ZapPair;

beforeEach(() => {
  zaps = startContactZaps(stage);
});

const records = z.object({ results: z.tuple([z.object({ record: z.string() })]) });
const conflicts = z.object({ conflicts: z.array(z.object({ field: z.string() })).default([]) });

describe('a conflict', () => {
  it('is handed to the next step with both values, and neither is written', async () => {
    const ada = enterAda(stage.sandbox);
    await zaps.run();
    stage.sandbox.world.clock.advance(600_000);
    const [member] = membersOf(stage.sandbox);
    stage.sandbox.salesforce.desk.edit('Contact', ada, { LastName: 'King' });
    stage.sandbox.mailchimp.desk.edit(AUDIENCE, String(member?.contact_id), {
      merge_fields: { LNAME: 'Byron' },
    });
    const [item] = await zaps.poll('mailchimp');

    const outcome = await zaps.act('mailchimp', item ?? { record: '' });

    expect(outcome).toEqual({
      results: expect.objectContaining({
        outcome: 'conflict',
        isConflict: true,
        waitsForOthers: false,
        conflicts: [
          {
            field: expect.any(String),
            salesforce: 'King',
            mailchimp: 'Byron',
            code: 'BOTH_CHANGED',
            message: expect.any(String),
          },
        ],
      }),
    });
    expect(membersOf(stage.sandbox)[0]).toMatchObject({ merge_fields: { LNAME: 'Byron' } });
    expect(contactsOf(stage.sandbox)[0]).toMatchObject({ LastName: 'King' });
  });

  it('says that it waits for others, and passes when it is looked at again', async () => {
    const ada = enterAda(stage.sandbox);
    await zaps.run();
    stage.sandbox.world.clock.advance(600_000);
    stage.sandbox.salesforce.desk.edit('Contact', ada, { Email: 'office@lovelace.test' });
    const office = stage.sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'office@lovelace.test',
      status: 'subscribed',
    });
    const [item] = await zaps.poll('mailchimp');
    const taken = await zaps.act('mailchimp', item ?? { record: '' });
    stage.sandbox.admin.act('mailchimp', 'change-email', {
      list: AUDIENCE,
      contact_id: office,
      new_email: 'desk@lovelace.test',
    });
    const found = await stage.app.call('searches.salesforce_record.operation.perform', {
      authData: signedIn(stage.sandbox).salesforce,
      inputData: { object: 'Contact', field: 'Id', value: ada, recipe: CONTACT_RECIPE },
    });
    const [anew] = records.parse(found).results;

    const passed = await zaps.act('mailchimp', anew);

    expect(taken).toMatchObject({ results: { isConflict: true, waitsForOthers: true } });
    expect(passed).toMatchObject({ results: { outcome: 'applied', waitsForOthers: false } });
    expect(
      membersOf(stage.sandbox)
        .map(({ email_address }) => email_address)
        .toSorted(),
    ).toEqual(['desk@lovelace.test', 'office@lovelace.test']);
  });
});

describe('a decision', () => {
  it.each([
    ['salesforce', 'King'],
    ['mailchimp', 'Byron'],
    ['value', 'Lovelace-King'],
  ])('for %s ends with both sides equal', async (keep, expected) => {
    const ada = enterAda(stage.sandbox);
    await zaps.run();
    stage.sandbox.world.clock.advance(600_000);
    const memberId = String(membersOf(stage.sandbox)[0]?.contact_id);
    stage.sandbox.salesforce.desk.edit('Contact', ada, { LastName: 'King' });
    stage.sandbox.mailchimp.desk.edit(AUDIENCE, memberId, { merge_fields: { LNAME: 'Byron' } });
    const [item] = await zaps.poll('mailchimp');
    const { record } = item ?? { record: '' };
    const found = await zaps.act('mailchimp', { record });
    const [conflict] = conflicts.parse('results' in found ? found.results : {}).conflicts;

    const decided = await stage.app.call('creates.resolve_conflict.operation.perform', {
      authData: signedIn(stage.sandbox).mailchimp,
      inputData: {
        recipe: CONTACT_RECIPE,
        record,
        salesforceId: ada,
        memberId,
        field: conflict?.field,
        keep,
        value: 'Lovelace-King',
      },
    });
    stage.sandbox.world.clock.advance(1_000);
    await zaps.run();

    expect(wordFor(decided)).toMatch(/^(applied|unchanged)$/);
    expect([contactsOf(stage.sandbox)[0]?.LastName, membersOf(stage.sandbox)[0]?.merge_fields]).toEqual([
      expected,
      expect.objectContaining({ LNAME: expected }),
    ]);
  });
});
