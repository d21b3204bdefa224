import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Verdict } from '@stackbridge/shared-mappers/sync/stateless/show-verdict.ts';
import { enterAda, recipeWith, Steps } from './one-side-steps.ts';

let steps: Steps;
let contact: string;
beforeEach(async () => {
  steps = await Steps.open();
  contact = enterAda(steps.screens);
});
afterEach(() => steps.close());

function contactNow(): Readonly<Record<string, unknown>> {
  return steps.screens.show('salesforce', 'Contact', [contact])[0]?.values ?? {};
}

describe('what Mailchimp said for good', () => {
  const showing = recipeWith({
    consent: { salesforce: 'HasOptedOutOfEmail', statusField: 'Email_Status__c' },
  });
  const forgotten = (email = 'ada@lovelace.test'): Verdict => ({
    leftId: contact,
    email,
    code: 'MEMBER_FORGOTTEN',
    message: 'Was deleted for good',
  });

  test('is shown in the CRM, once', async () => {
    const first = await steps.show(forgotten(), showing);
    const second = await steps.show(forgotten(), showing);

    expect(contactNow()).toMatchObject({ Email_Status__c: 'forgotten' });
    expect(first).toMatchObject({
      outcome: 'excluded',
      because: 'Was deleted for good',
      changes: [{ side: 'left', field: 'Email_Status__c', to: 'forgotten' }],
      issues: [{ kind: 'terminal', code: 'MEMBER_FORGOTTEN' }],
    });
    expect(second).toMatchObject({ outcome: 'excluded', changes: [] });
  });

  test('is dropped where it is about an address that the record has no longer', async () => {
    steps.screens.edit('salesforce', 'Contact', contact, { Email: 'countess@lovelace.test' });

    const outcome = await steps.show(forgotten(), showing);

    expect(outcome).toEqual({ outcome: 'stale', leftId: contact, changes: [], issues: [] });
    expect(contactNow().Email_Status__c ?? '').toBe('');
  });

  test('is an error where the CRM refuses it', async () => {
    steps.screens.act('salesforce', 'validation-rule', {
      object: 'Contact',
      field: 'Email_Status__c',
      forbids: 'forgotten',
      message: 'Not today',
    });

    await expect(steps.show(forgotten(), showing)).rejects.toMatchObject({ code: 'VALIDATION_RULE' });
  });
});
