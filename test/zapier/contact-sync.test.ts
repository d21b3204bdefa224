import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import { contactsOf, enterAda, membersOf, startContactZaps } from './support/contact-people.ts';
import { AUDIENCE, CONTACT_RECIPE, enterForgotten, showingOutcomes } from './support/contact-recipe.ts';
import { atRealTime, usePackagedApp } from './support/use-packaged-app.ts';
import { wordFor, ZapPair } from './support/zap-pair.ts';

const stage = usePackagedApp(atRealTime);
let zaps: ZapPair;

beforeEach(() => {
  zaps = startContactZaps(stage);
});

describe('two Zaps, one each way', () => {
  it('carry a new contact over, and come to rest', async () => {
    enterAda(stage.sandbox);

    await zaps.run();
    const later = await zaps.run();

    expect(membersOf(stage.sandbox)).toEqual([
      expect.objectContaining({
        email_address: 'ada@lovelace.test',
        status: 'subscribed',
        merge_fields: expect.objectContaining({ FNAME: 'Ada', LNAME: 'Lovelace' }),
      }),
    ]);
    expect(contactsOf(stage.sandbox)).toHaveLength(1);
    expect(later).toEqual([]);
  });

  it('carry an edit of either side to the other, without a loop', async () => {
    const ada = enterAda(stage.sandbox);
    await zaps.run();
    stage.sandbox.world.clock.advance(600_000);
    stage.sandbox.salesforce.desk.edit('Contact', ada, { FirstName: 'Augusta' });
    await zaps.run();
    expect(membersOf(stage.sandbox)[0]).toMatchObject({ merge_fields: { FNAME: 'Augusta' } });

    stage.sandbox.world.clock.advance(600_000);
    const [member] = membersOf(stage.sandbox);
    stage.sandbox.mailchimp.desk.edit(AUDIENCE, String(member?.contact_id), {
      merge_fields: { FNAME: 'Ada A.' },
    });
    await zaps.run();

    expect(contactsOf(stage.sandbox)[0]).toMatchObject({ FirstName: 'Ada A.' });
    expect(await zaps.run()).toEqual([]);
  });

  it('carry an opt-out to the other side, and never undo it', async () => {
    const ada = enterAda(stage.sandbox);
    await zaps.run();
    stage.sandbox.world.clock.advance(600_000);
    const [member] = membersOf(stage.sandbox);
    stage.sandbox.admin.act('mailchimp', 'unsubscribe', {
      list: AUDIENCE,
      contact_id: member?.contact_id,
      by: 'self',
    });
    stage.sandbox.salesforce.desk.edit('Contact', ada, { FirstName: 'Augusta' });

    await zaps.run();

    expect(contactsOf(stage.sandbox)[0]).toMatchObject({ HasOptedOutOfEmail: true, FirstName: 'Augusta' });
    expect(membersOf(stage.sandbox)[0]).toMatchObject({
      status: 'unsubscribed',
      merge_fields: { FNAME: 'Augusta' },
    });
  });

  it('create nobody twice when the same step is replayed', async () => {
    enterAda(stage.sandbox);
    const [item] = await zaps.poll('mailchimp');
    if (item === undefined) throw new Error('Nothing came');
    stage.sandbox.world.faults.add({ system: 'mailchimp', method: 'POST', effect: { kind: 'drop-after' } });

    const first = wordFor(await zaps.act('mailchimp', item));
    const replayed = wordFor(await zaps.act('mailchimp', item));
    const again = wordFor(await zaps.act('mailchimp', item));

    expect(first).toMatch(/^(applied|unchanged|AppError)/);
    expect([replayed, again]).toEqual([
      expect.stringMatching(/^(applied|unchanged|stale)$/),
      expect.stringMatching(/^(unchanged|stale)$/),
    ]);
    expect(membersOf(stage.sandbox)).toHaveLength(1);
  });

  it('find who is not there yet by the step that brings them', async () => {
    enterAda(stage.sandbox);
    const find = () =>
      stage.app.call('searches.mailchimp_member.operation.perform', {
        authData: signedIn(stage.sandbox).mailchimp,
        inputData: { audience: AUDIENCE, email: 'ada@lovelace.test' },
      });
    const [item] = await zaps.poll('mailchimp');
    if (item === undefined) throw new Error('Nothing came');

    const before = await find();
    const brought = await zaps.act('mailchimp', item);
    const after = await find();

    const recordId = String(membersOf(stage.sandbox)[0]?.contact_id);
    expect(before).toEqual({ results: [] });
    expect(brought).toEqual({ results: expect.objectContaining({ outcome: 'applied', recordId }) });
    expect(after).toEqual({ results: [expect.objectContaining({ recordId })] });
  });

  it('drop a delivery that comes after a newer one', async () => {
    const ada = enterAda(stage.sandbox);
    await zaps.run();
    stage.sandbox.world.clock.advance(600_000);
    stage.sandbox.salesforce.desk.edit('Contact', ada, { FirstName: 'Old' });
    const [old] = await zaps.poll('mailchimp');
    stage.sandbox.world.clock.advance(600_000);
    stage.sandbox.salesforce.desk.edit('Contact', ada, { FirstName: 'New' });
    const [fresh] = await zaps.poll('mailchimp');
    if (old === undefined || fresh === undefined) throw new Error('Nothing came');

    expect(wordFor(await zaps.act('mailchimp', fresh))).toBe('applied');
    expect(wordFor(await zaps.act('mailchimp', old))).toBe('stale');

    expect(membersOf(stage.sandbox)[0]).toMatchObject({ merge_fields: { FNAME: 'New' } });
  });

  it('archive the member of a deleted contact', async () => {
    const ada = enterAda(stage.sandbox);
    await zaps.run();
    stage.sandbox.world.clock.advance(600_000);
    stage.sandbox.salesforce.desk.remove('Contact', ada);

    await zaps.run();

    expect(membersOf(stage.sandbox)[0]).toMatchObject({ status: 'archived' });
  });
});

describe('a Zap that goes on with the step of the other direction', () => {
  const record = z.object({ results: z.object({ record: z.string() }) });

  it('has both sides name each other at once, and nothing to hand on after that', async () => {
    const ada = enterAda(stage.sandbox);
    const [item] = await zaps.poll('mailchimp');
    if (item === undefined) throw new Error('Nothing came');

    const brought = record.parse(await zaps.act('mailchimp', item)).results;
    stage.sandbox.world.clock.advance(1_000);
    const named = await zaps.act('salesforce', brought);
    const [changed] = await zaps.poll('mailchimp');
    const after = record.parse(await zaps.act('mailchimp', changed ?? { record: '' })).results;

    expect(named).toMatchObject({ results: { outcome: 'unchanged', salesforceId: ada } });
    expect(contactsOf(stage.sandbox)[0]).toMatchObject({
      Member__c: membersOf(stage.sandbox)[0]?.contact_id,
    });
    expect(after.record).toBe('');
  });

  it('shows in Salesforce what Mailchimp said for good, once', async () => {
    const recipe = showingOutcomes(CONTACT_RECIPE);
    enterForgotten(stage.sandbox);
    enterAda(stage.sandbox);
    const showing = new ZapPair(stage.app, stage.sandbox, recipe, AUDIENCE);
    const [item] = await showing.poll('mailchimp');
    if (item === undefined) throw new Error('Nothing came');

    const refused = await showing.act('mailchimp', item);
    const told = record.parse(refused).results;
    const shown = await showing.act('salesforce', told);
    const again = await showing.act('salesforce', told);

    const because = expect.objectContaining({ outcome: 'excluded', code: 'MEMBER_FORGOTTEN' });
    expect([refused, shown, again]).toEqual([
      { results: because },
      { results: because },
      { results: because },
    ]);
    expect(shown).toMatchObject({ results: { changes: [{ field: 'Email_Status__c', to: 'forgotten' }] } });
    expect(again).toMatchObject({ results: { changes: [] } });
    expect(contactsOf(stage.sandbox)[0]).toMatchObject({ Email_Status__c: 'forgotten' });
  });
});
