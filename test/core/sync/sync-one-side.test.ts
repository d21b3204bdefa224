import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PairDecision } from '@stackbridge/shared-mappers/sync/stateless/execution-store.ts';
import { enterAda, RECIPE, recipeWith, Steps } from './one-side-steps.ts';

let steps: Steps;
let contact: string;
beforeEach(async () => {
  steps = await Steps.open();
  contact = enterAda(steps.screens);
});
afterEach(() => steps.close());

/** The member that the contact's first delivery makes. */
async function memberOfContact(): Promise<string> {
  const outcome = await steps.take('left', await steps.read('left', contact));
  steps.advance();
  return outcome?.rightId ?? '';
}

function member(id: string): Readonly<Record<string, unknown>> {
  return steps.screens.show('mailchimp', 'Newsletter', [id])[0]?.values ?? {};
}

function contactNow(): Readonly<Record<string, unknown>> {
  return steps.screens.show('salesforce', 'Contact', [contact])[0]?.values ?? {};
}

describe('a step that reaches one side', () => {
  test('creates who is missing there, and a repeat of the delivery changes nothing', async () => {
    const record = await steps.read('left', contact);

    const first = await steps.take('left', record);
    const second = await steps.take('left', record);

    expect([first?.outcome, second?.outcome]).toEqual(['applied', 'unchanged']);
    expect(member(first?.rightId ?? '')).toMatchObject({
      email_address: 'ada@lovelace.test',
      merge_fields: { FNAME: 'Ada', LNAME: 'Lovelace', PARTNER: contact },
    });
  });

  test('carries an edit to the record that names its source, under whatever address it has now', async () => {
    const id = await memberOfContact();
    steps.screens.member('change-email', 'Newsletter', {
      contact_id: id,
      new_email: 'countess@lovelace.test',
    });
    steps.screens.edit('mailchimp', 'Newsletter', id, { merge_fields: { FNAME: 'Augusta' } });

    const outcome = await steps.take('right', await steps.read('right', id));

    expect([outcome?.outcome, outcome?.leftId]).toEqual(['applied', contact]);
    expect(contactNow()).toMatchObject({ FirstName: 'Augusta', Email: 'countess@lovelace.test' });
  });

  test('says of a delivery that was overtaken that it is stale, and writes nothing', async () => {
    const id = await memberOfContact();
    steps.screens.edit('salesforce', 'Contact', contact, { FirstName: 'Augusta' });
    const early = await steps.read('left', contact);
    steps.advance();
    steps.screens.edit('salesforce', 'Contact', contact, { FirstName: 'Augusta Ada' });
    await steps.take('left', await steps.read('left', contact));

    const outcome = await steps.take('left', early);

    expect(outcome).toMatchObject({ outcome: 'stale', changes: [], issues: [] });
    expect(member(id).merge_fields).toMatchObject({ FNAME: 'Augusta Ada' });
  });

  test('hands a conflict back with what both sides hold', async () => {
    const id = await memberOfContact();
    const review = recipeWith({
      create: { salesforce: false, mailchimp: false },
      fields: [{ salesforce: 'FirstName', mailchimp: 'FNAME', policy: 'review' }],
    });
    steps.screens.edit('salesforce', 'Contact', contact, { FirstName: 'Augusta' });
    steps.screens.edit('mailchimp', 'Newsletter', id, { merge_fields: { FNAME: 'Countess' } });

    const outcome = await steps.take('left', await steps.read('left', contact, review), review);

    expect(outcome?.outcome).toBe('conflict');
    expect(outcome?.issues).toEqual([
      expect.objectContaining({
        code: 'BOTH_CHANGED',
        fields: ['FirstName ↔ FNAME'],
        values: { 'FirstName ↔ FNAME': { left: 'Augusta', right: 'Countess' } },
      }),
    ]);
    expect(member(id).merge_fields).toMatchObject({ FNAME: 'Countess' });
  });

  test('carries an opt-out', async () => {
    const id = await memberOfContact();
    steps.screens.edit('salesforce', 'Contact', contact, { HasOptedOutOfEmail: true });

    const outcome = await steps.take('left', await steps.read('left', contact));

    expect([outcome?.outcome, member(id).status]).toEqual(['applied', 'unsubscribed']);
  });

  test("leaves an opt-out that was decided on to the other system's own step", async () => {
    const rightId = await memberOfContact();
    steps.screens.member('unsubscribe', 'Newsletter', { contact_id: rightId, by: 'self' });
    await steps.take('right', await steps.read('right', rightId));
    steps.advance();
    steps.screens.member('subscribe', 'Newsletter', { email: 'ada@lovelace.test', by: 'self' });
    const subscribed = await steps.read('right', rightId);
    const keepOut: PairDecision = {
      leftId: contact,
      rightId,
      field: 'consent',
      take: { side: 'left' },
      at: subscribed.record.modifiedAt,
    };

    const asked = await steps.take('right', subscribed);
    await steps.take('right', subscribed, RECIPE, [keepOut]);
    steps.advance();
    const carried = await steps.take('left', await steps.read('left', contact));

    expect(asked?.issues).toEqual([expect.objectContaining({ code: 'OPT_IN_AFTER_OPT_OUT' })]);
    expect([carried?.outcome, member(rightId).status, contactNow().HasOptedOutOfEmail]).toEqual([
      'applied',
      'unsubscribed',
      true,
    ]);
  });

  test("does not enter a member whose address is that of another member's contact", async () => {
    await steps.take('right', await steps.read('right', await memberOfContact()));
    steps.screens.edit('salesforce', 'Contact', contact, { Email: 'office@lovelace.test' });
    const office = steps.screens.create('mailchimp', 'Newsletter', {
      email_address: 'office@lovelace.test',
      status: 'subscribed',
    });

    const outcome = await steps.take('right', await steps.read('right', office));

    expect(outcome).toMatchObject({
      outcome: 'conflict',
      rightId: office,
      issues: [{ code: 'ADDRESS_TAKEN' }],
    });
    expect(steps.screens.show('salesforce', 'Contact')).toHaveLength(1);
  });

  test('tells what the system refused, with its code and what to do next', async () => {
    steps.screens.edit('salesforce', 'Contact', contact, { Email: 'ada@example.com' });

    const outcome = await steps.take('left', await steps.read('left', contact));

    expect(outcome).toMatchObject({
      outcome: 'failed',
      leftId: contact,
      issues: [{ kind: 'failure', code: 'EMAIL_INVALID', next: 'Correct the address in the record' }],
    });
  });

  test('says where the step of the other direction has something to carry out, and where not', async () => {
    const rightId = await memberOfContact();
    const named = await steps.take('right', await steps.read('right', rightId));
    steps.advance();
    steps.screens.member('unsubscribe', 'Newsletter', { contact_id: rightId, by: 'self' });

    const quiet = await steps.take('right', await steps.read('right', rightId));
    steps.screens.edit('salesforce', 'Contact', contact, { HasOptedOutOfEmail: false, FirstName: 'Augusta' });
    const isOut = await steps.take('left', await steps.read('left', contact));

    expect([named, quiet, isOut].map((outcome) => outcome?.othersTurn)).toEqual([undefined, undefined, true]);
  });

  test('does not take a recipe whose base is kept in a store', async () => {
    const record = await steps.read('left', contact);

    await expect(steps.take('left', record, recipeWith({ base: 'store' }))).rejects.toMatchObject({
      code: 'RECIPE_INVALID',
    });
  });
});
