import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createCredential } from '../n8n/credentials.ts';
import { keyDraft } from '../n8n/sandbox-credentials.ts';
import { OneN8n } from './one-n8n.ts';

let n8n: OneN8n;
beforeAll(async () => {
  n8n = await OneN8n.open();
});
afterAll(() => n8n?.[Symbol.asyncDispose]());

const verdict = z.looseObject({ status: z.string(), message: z.string() });
const shown = z.looseObject({ id: z.string(), name: z.string(), type: z.string(), data: z.looseObject({}) });

const ACCEPTED = { status: 'OK', message: expect.any(String) };

/** What the credential screen sends when it opens or saves one that it can test: as n8n has shown it, secrets blanked. */
async function testOnScreen(id: string) {
  const { name, type, data } = await n8n.client.ask('GET', `/credentials/${id}?includeData=true`, shown);
  return await n8n.client.ask('POST', '/credentials/test', verdict, {
    credentials: { id, name, type, data },
  });
}

/** n8n's test of what it has stored, which the public API gives. */
function testStored(id: string) {
  return n8n.client.askPublic('POST', `/credentials/${id}/test`, verdict);
}

describe('the credential screen', () => {
  test('says whether a key of Mailchimp works', async () => {
    const draft = keyDraft(n8n.systems);
    const good = await createCredential(n8n.client, draft);
    const wrong = { ...draft.data, apiKey: 'not-a-key-us19' };
    const bad = await createCredential(n8n.client, { ...draft, name: 'Wrong key', data: wrong });

    expect(await testOnScreen(good.id)).toMatchObject(ACCEPTED);
    expect(await testOnScreen(bad.id)).toMatchObject({ status: 'Error' });
  });
});

const SIGN_INS = [
  { type: 'stackbridgeSalesforceOAuth2Api', system: 'salesforce' },
  { type: 'stackbridgeMailchimpOAuth2Api', system: 'mailchimp' },
  { type: 'stackbridgeZohoOAuth2Api', system: 'zoho-projects' },
  { type: 'stackbridgeXeroOAuth2Api', system: 'xero' },
];
/** n8n's test takes one request, and Mailchimp's first call has to ask for the host of the second. */
const TESTED_BY_A_CALL = SIGN_INS.filter(({ system }) => system !== 'mailchimp');

const connectedId = (type: string): string => n8n.credentials[type]?.id ?? '';

describe('a sign-in', () => {
  test.each(SIGN_INS)('of $system works as n8n has stored it', async ({ type }) => {
    expect(await testStored(connectedId(type))).toMatchObject(ACCEPTED);
  });

  // n8n shows `true` in its place, which its own test cannot put back: its editor tests no sign-in, it shows that it
  // is connected.
  test.each(SIGN_INS)('of $system is shown as connected, and never its token', async ({ type }) => {
    const { data } = await n8n.client.ask('GET', `/credentials/${connectedId(type)}?includeData=true`, shown);
    expect(data).toMatchObject({ oauthTokenData: true });
  });

  test.each(TESTED_BY_A_CALL)(
    'of $system fails its test once the access was withdrawn',
    async ({ type, system }) => {
      await n8n.systems.admin('POST', 'faults', { system, times: 0, effect: { kind: 'revoke' } });
      expect(await testStored(connectedId(type))).toMatchObject({ status: 'Error' });
    },
  );
});
