import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import { signedIn } from './support/auth-data.ts';
import {
  AUDIENCE,
  addStampFields,
  CONTACT_RECIPE,
  enterForgotten,
  showingOutcomes,
} from './support/contact-recipe.ts';
import { PackagedApp } from './support/packaged-app.ts';
import { wordFor, ZapPair } from './support/zap-pair.ts';

let app: PackagedApp;
let sandbox: Sandbox;
let zaps: ZapPair;

beforeAll(async () => {
  app = await PackagedApp.open();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.forget();
  sandbox = await startSandbox({ now: new Date().toISOString() });
  addStampFields(sandbox);
  zaps = new ZapPair(app, sandbox, CONTACT_RECIPE, AUDIENCE);
});
afterEach(() => sandbox.close());

function members() {
  return sandbox.admin.records('mailchimp', AUDIENCE).records;
}
function contacts() {
  return sandbox.admin.records('salesforce', 'Contact').records;
}

/** Of a call to Mailchimp: without its query, and without what it names. */
function shapeOf(path: string): string {
  return path
    .replace(/\?.*/, '')
    .replace('/mailchimp/3.0', '')
    .replaceAll(/(?<=(lists|categories)\/)\w+/g, ':id');
}

function enterAda(): string {
  return sandbox.salesforce.desk.create('Contact', {
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Email: 'ada@lovelace.test',
  });
}

describe('two Zaps, one each way', () => {
  it('carry a new contact over, and come to rest', async () => {
    enterAda();

    await zaps.run();
    const later = await zaps.run();

    expect(members()).toEqual([
      expect.objectContaining({
        email_address: 'ada@lovelace.test',
        status: 'subscribed',
        merge_fields: expect.objectContaining({ FNAME: 'Ada', LNAME: 'Lovelace' }),
      }),
    ]);
    expect(contacts()).toHaveLength(1);
    expect(later).toEqual([]);
  });

  it('only say what they would do, where a step is to preview', async () => {
    enterAda();
    const [item] = await zaps.poll('mailchimp');

    const outcome = await app.call('creates.sync_to_mailchimp.operation.perform', {
      authData: signedIn(sandbox).mailchimp,
      inputData: { recipe: CONTACT_RECIPE, record: item?.record, preview: true },
    });

    expect(outcome).toEqual({
      results: expect.objectContaining({
        outcome: 'planned',
        record: '',
        changes: expect.arrayContaining([expect.objectContaining({ to: 'Lovelace' })]),
      }),
    });
    expect(members()).toEqual([]);
  });

  it('carry an edit of either side to the other, without a loop', async () => {
    const ada = enterAda();
    await zaps.run();
    sandbox.world.clock.advance(600_000);
    sandbox.salesforce.desk.edit('Contact', ada, { FirstName: 'Augusta' });
    await zaps.run();
    expect(members()[0]).toMatchObject({ merge_fields: { FNAME: 'Augusta' } });

    sandbox.world.clock.advance(600_000);
    const [member] = members();
    sandbox.mailchimp.desk.edit(AUDIENCE, String(member?.contact_id), { merge_fields: { FNAME: 'Ada A.' } });
    await zaps.run();

    expect(contacts()[0]).toMatchObject({ FirstName: 'Ada A.' });
    expect(await zaps.run()).toEqual([]);
  });

  it('carry an opt-out to the other side, and never undo it', async () => {
    const ada = enterAda();
    await zaps.run();
    sandbox.world.clock.advance(600_000);
    const [member] = members();
    sandbox.admin.act('mailchimp', 'unsubscribe', {
      list: AUDIENCE,
      contact_id: member?.contact_id,
      by: 'self',
    });
    sandbox.salesforce.desk.edit('Contact', ada, { FirstName: 'Augusta' });

    await zaps.run();

    expect(contacts()[0]).toMatchObject({ HasOptedOutOfEmail: true, FirstName: 'Augusta' });
    expect(members()[0]).toMatchObject({ status: 'unsubscribed', merge_fields: { FNAME: 'Augusta' } });
  });

  it('create nobody twice when the same step is replayed', async () => {
    enterAda();
    const [item] = await zaps.poll('mailchimp');
    if (item === undefined) throw new Error('Nothing came');
    sandbox.world.faults.add({ system: 'mailchimp', method: 'POST', effect: { kind: 'drop-after' } });

    const first = wordFor(await zaps.act('mailchimp', item));
    const replayed = wordFor(await zaps.act('mailchimp', item));
    const again = wordFor(await zaps.act('mailchimp', item));

    expect(first).toMatch(/^(applied|unchanged|AppError)/);
    expect([replayed, again]).toEqual([
      expect.stringMatching(/^(applied|unchanged|stale)$/),
      expect.stringMatching(/^(unchanged|stale)$/),
    ]);
    expect(members()).toHaveLength(1);
  });

  it('find who is not there yet by the step that brings them', async () => {
    enterAda();
    const find = () =>
      app.call('searches.mailchimp_member.operation.perform', {
        authData: signedIn(sandbox).mailchimp,
        inputData: { audience: AUDIENCE, email: 'ada@lovelace.test' },
      });
    const [item] = await zaps.poll('mailchimp');
    if (item === undefined) throw new Error('Nothing came');

    const before = await find();
    const brought = await zaps.act('mailchimp', item);
    const after = await find();

    const recordId = String(members()[0]?.contact_id);
    expect(before).toEqual({ results: [] });
    expect(brought).toEqual({ results: expect.objectContaining({ outcome: 'applied', recordId }) });
    expect(after).toEqual({ results: [expect.objectContaining({ recordId })] });
  });

  it('ask once which fields the other side has, and then bring each person over in three calls', async () => {
    const names = ['Ada', 'Grace', 'Edith'];
    for (const name of names)
      sandbox.salesforce.desk.create('Contact', { LastName: name, Email: `${name}@engines.test` });
    const people = await zaps.poll('mailchimp');
    sandbox.world.calls.recording = true;

    for (const item of people) await zaps.act('mailchimp', item);

    const calls = sandbox.world.calls.list().map(({ method, path }) => `${method} ${shapeOf(path)}`);
    expect(calls.filter((call) => !call.includes('/members/') && !call.startsWith('POST'))).toEqual([
      'GET /lists',
      'GET /lists/:id/merge-fields',
      'GET /lists/:id/interest-categories',
      'GET /lists/:id/interest-categories/:id/interests',
    ]);
    expect(calls).toHaveLength(4 + 3 * names.length);
    expect(members()).toHaveLength(names.length);
  });

  it('take a choice that was added after the fields were described', async () => {
    const tier = '  - { salesforce: Customer_Tier__c, mailchimp: TITLE }\nconsent:';
    zaps = new ZapPair(app, sandbox, CONTACT_RECIPE.replace('consent:', tier), AUDIENCE);
    enterAda();
    await zaps.run();
    sandbox.world.clock.advance(600_000);
    const definition = { type: 'picklist', restricted: true, values: ['Gold', 'Platinum'] };
    const change = { kind: 'add', definition };
    sandbox.admin.act('salesforce', 'field', { object: 'Contact', field: 'Customer_Tier__c', change });
    const [member] = members();
    sandbox.mailchimp.desk.edit(AUDIENCE, String(member?.contact_id), {
      merge_fields: { TITLE: 'Platinum' },
    });
    const [item] = await zaps.poll('salesforce');

    const outcome = await zaps.act('salesforce', item ?? { record: '' });

    expect(wordFor(outcome)).toBe('applied');
    expect(contacts()).toEqual([expect.objectContaining({ Customer_Tier__c: 'Platinum' })]);
  });

  it('empty nothing for a field that was removed after it was described', async () => {
    enterAda();
    await zaps.run();
    sandbox.world.clock.advance(600_000);
    const change = { kind: 'remove' };
    sandbox.admin.act('mailchimp', 'merge-field', { list: AUDIENCE, tag: 'FNAME', change });
    const [contact] = contacts();
    sandbox.salesforce.desk.edit('Contact', String(contact?.Id), { LastName: 'King' });
    const [item] = await zaps.poll('mailchimp');

    const outcome = await zaps.act('mailchimp', item ?? { record: '' });

    expect(wordFor(outcome)).toContain(
      'The recipe does not fit both systems. mailchimp Newsletter has no field FNAME',
    );
    expect(contacts()).toEqual([expect.objectContaining({ FirstName: 'Ada' })]);
  });

  it('drop a delivery that comes after a newer one', async () => {
    const ada = enterAda();
    await zaps.run();
    sandbox.world.clock.advance(600_000);
    sandbox.salesforce.desk.edit('Contact', ada, { FirstName: 'Old' });
    const [old] = await zaps.poll('mailchimp');
    sandbox.world.clock.advance(600_000);
    sandbox.salesforce.desk.edit('Contact', ada, { FirstName: 'New' });
    const [fresh] = await zaps.poll('mailchimp');
    if (old === undefined || fresh === undefined) throw new Error('Nothing came');

    expect(wordFor(await zaps.act('mailchimp', fresh))).toBe('applied');
    expect(wordFor(await zaps.act('mailchimp', old))).toBe('stale');

    expect(members()[0]).toMatchObject({ merge_fields: { FNAME: 'New' } });
  });

  it('hand a conflict to the next step, with both values, and write neither', async () => {
    const ada = enterAda();
    await zaps.run();
    sandbox.world.clock.advance(600_000);
    const [member] = members();
    sandbox.salesforce.desk.edit('Contact', ada, { LastName: 'King' });
    sandbox.mailchimp.desk.edit(AUDIENCE, String(member?.contact_id), { merge_fields: { LNAME: 'Byron' } });
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
    expect(members()[0]).toMatchObject({ merge_fields: { LNAME: 'Byron' } });
    expect(contacts()[0]).toMatchObject({ LastName: 'King' });
  });

  it('say that a conflict waits for others, and pass it when it is looked at again', async () => {
    const ada = enterAda();
    await zaps.run();
    sandbox.world.clock.advance(600_000);
    sandbox.salesforce.desk.edit('Contact', ada, { Email: 'office@lovelace.test' });
    const office = sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'office@lovelace.test',
      status: 'subscribed',
    });
    const [item] = await zaps.poll('mailchimp');
    const taken = await zaps.act('mailchimp', item ?? { record: '' });
    sandbox.admin.act('mailchimp', 'change-email', {
      list: AUDIENCE,
      contact_id: office,
      new_email: 'desk@lovelace.test',
    });
    const found = await app.call('searches.salesforce_record.operation.perform', {
      authData: signedIn(sandbox).salesforce,
      inputData: { object: 'Contact', field: 'Id', value: ada, recipe: CONTACT_RECIPE },
    });
    const [anew] = records.parse(found).results;

    const passed = await zaps.act('mailchimp', anew);

    expect(taken).toMatchObject({ results: { isConflict: true, waitsForOthers: true } });
    expect(passed).toMatchObject({ results: { outcome: 'applied', waitsForOthers: false } });
    expect(
      members()
        .map(({ email_address }) => email_address)
        .toSorted(),
    ).toEqual(['desk@lovelace.test', 'office@lovelace.test']);
  });

  it('archive the member of a deleted contact', async () => {
    const ada = enterAda();
    await zaps.run();
    sandbox.world.clock.advance(600_000);
    sandbox.salesforce.desk.remove('Contact', ada);

    await zaps.run();

    expect(members()[0]).toMatchObject({ status: 'archived' });
  });
});

describe('a decision', () => {
  it.each([
    ['salesforce', 'King'],
    ['mailchimp', 'Byron'],
    ['value', 'Lovelace-King'],
  ])('for %s ends with both sides equal', async (keep, expected) => {
    const ada = enterAda();
    await zaps.run();
    sandbox.world.clock.advance(600_000);
    const memberId = String(members()[0]?.contact_id);
    sandbox.salesforce.desk.edit('Contact', ada, { LastName: 'King' });
    sandbox.mailchimp.desk.edit(AUDIENCE, memberId, { merge_fields: { LNAME: 'Byron' } });
    const [item] = await zaps.poll('mailchimp');
    const { record } = item ?? { record: '' };
    const found = await zaps.act('mailchimp', { record });
    const [conflict] = conflicts.parse('results' in found ? found.results : {}).conflicts;

    const decided = await app.call('creates.resolve_conflict.operation.perform', {
      authData: signedIn(sandbox).mailchimp,
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
    sandbox.world.clock.advance(1_000);
    await zaps.run();

    expect(wordFor(decided)).toMatch(/^(applied|unchanged)$/);
    expect([contacts()[0]?.LastName, members()[0]?.merge_fields]).toEqual([
      expected,
      expect.objectContaining({ LNAME: expected }),
    ]);
  });
});

describe('leaving an audience', () => {
  const leave = (inputData: Readonly<Record<string, unknown>>, token?: string) => {
    const account = signedIn(sandbox).mailchimp;
    return app.call('creates.mailchimp_leave.operation.perform', {
      authData: token === undefined ? account : { ...account, access_token: token },
      inputData: { audience: AUDIENCE, ...inputData },
    });
  };
  const enter = () =>
    sandbox.mailchimp.desk.create(AUDIENCE, { email_address: 'ada@lovelace.test', status: 'subscribed' });

  it.each([
    ['unsubscribe', 'unsubscribed'],
    ['archive', 'archived'],
  ])('to %s is done once, however often the step is replayed', async (how, status) => {
    enter();
    const first = wordFor(await leave({ email: 'Ada@Lovelace.test', how }));
    const again = wordFor(await leave({ email: 'Ada@Lovelace.test', how }));
    expect([first, again, members()[0]?.status]).toEqual([status, 'unchanged', status]);
  });

  it('leaves who was archived before where they are: an opt-out would bring them back', async () => {
    enter();
    await leave({ email: 'ada@lovelace.test', how: 'archive' });
    expect(wordFor(await leave({ email: 'ada@lovelace.test', how: 'unsubscribe' }))).toBe('unchanged');
    expect(members()[0]?.status).toBe('archived');
  });

  it('says that nobody has this address', async () => {
    expect(wordFor(await leave({ email: 'nobody@lovelace.test' }))).toBe('not in the audience');
  });
});

describe('a Zap that goes on with the step of the other direction', () => {
  const record = z.object({ results: z.object({ record: z.string() }) });

  it('has both sides name each other at once, and nothing to hand on after that', async () => {
    const ada = enterAda();
    const [item] = await zaps.poll('mailchimp');
    if (item === undefined) throw new Error('Nothing came');

    const brought = record.parse(await zaps.act('mailchimp', item)).results;
    sandbox.world.clock.advance(1_000);
    const named = await zaps.act('salesforce', brought);
    const [changed] = await zaps.poll('mailchimp');
    const after = record.parse(await zaps.act('mailchimp', changed ?? { record: '' })).results;

    expect(named).toMatchObject({ results: { outcome: 'unchanged', salesforceId: ada } });
    expect(contacts()[0]).toMatchObject({ Member__c: members()[0]?.contact_id });
    expect(after.record).toBe('');
  });

  it('shows in Salesforce what Mailchimp said for good, once', async () => {
    const recipe = showingOutcomes(CONTACT_RECIPE);
    enterForgotten(sandbox);
    enterAda();
    const showing = new ZapPair(app, sandbox, recipe, AUDIENCE);
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
    expect(contacts()[0]).toMatchObject({ Email_Status__c: 'forgotten' });
  });
});

const records = z.object({ results: z.tuple([z.object({ record: z.string() })]) });
const conflicts = z.object({ conflicts: z.array(z.object({ field: z.string() })).default([]) });

describe('a sync step', () => {
  async function firstItem(): Promise<{ record: string }> {
    enterAda();
    const [item] = await zaps.poll('mailchimp');
    if (item === undefined) throw new Error('Nothing came');
    return item;
  }

  it('says which records it takes', async () => {
    const item = await firstItem();
    expect(wordFor(await zaps.act('salesforce', item))).toContain(
      'This step writes to Salesforce and takes records of Mailchimp.',
    );
  });

  it('says so when the record is none of a trigger', async () => {
    expect(wordFor(await zaps.act('mailchimp', { record: 'ada@lovelace.test' }))).toContain(
      'Record for Sync Steps',
    );
  });

  it('names every fault of a recipe with its line', async () => {
    const item = await firstItem();
    const inputData = {
      recipe: CONTACT_RECIPE.replace('FNAME', 'FNAM').replace('policy: review', 'policy: mine'),
    };
    expect(wordFor(await zaps.act('mailchimp', item, { inputData }))).toMatch(/line \d+: /);
  });
});
