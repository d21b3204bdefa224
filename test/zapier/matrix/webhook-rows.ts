import { expect } from '@jest/globals';
import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { AUDIENCE } from '../support/contact-recipe.ts';
import type { Given } from '../support/packaged-app.ts';
import { EMAIL, enterMember, members, NOTHING, ONE_RECORD, ofMailchimp } from './contact-scenes.ts';
import { failing, type Row, type Stage } from './row.ts';

/** What turns the instant trigger on, takes a delivery, and turns it off again. */
export const WEBHOOK_ROWS: readonly Row[] = [
  {
    ...ofMailchimp,
    method: 'triggers.mailchimp_member_told.operation.performSubscribe',
    writes: true,
    scene: ({ sandbox }) => ({ ...members, targetUrl: listening(sandbox) }),
    gives: expect.objectContaining({ id: expect.any(String), audience: AUDIENCE }),
    refused: {
      ...ofMailchimp.refused,
      expected: failing(
        'AppError',
        'no such audience for this account. Correct what the step is filled in with',
      ),
    },
    empty: {
      scene: ({ sandbox }) => ({ targetUrl: listening(sandbox) }),
      expected: failing('AppError', 'audience: '),
    },
    paging: 'it registers one address',
    replay: 'Zapier gives a Zap a new address each time it is turned on',
  },
  {
    ...ofMailchimp,
    method: 'triggers.mailchimp_member_told.operation.performUnsubscribe',
    writes: true,
    scene: async (stage) => ({ subscribeData: await subscribe(stage) }),
    gives: {},
    empty: { scene: () => ({ subscribeData: {} }), expected: failing('AppError', 'id: ') },
    paging: 'it removes one address',
    refused: 'an address that Mailchimp does not know is one that is removed',
  },
  {
    ...ofMailchimp,
    method: 'triggers.mailchimp_member_told.operation.perform',
    scene: ({ sandbox }) => {
      enterMember(sandbox);
      return delivery(EMAIL);
    },
    gives: ONE_RECORD,
    empty: { scene: () => delivery('nobody@lovelace.test'), expected: NOTHING },
    paging: 'a delivery tells of one member',
    refused: 'a delivery of an audience that is not the one chosen is dropped',
  },
];

/** Mailchimp tries an address out before it takes it. @returns one that answers */
function listening({ baseUrls }: Sandbox): string {
  return `${baseUrls.admin}/clock`;
}

async function subscribe({ sandbox, accounts, call }: Stage): Promise<unknown> {
  const outcome = await call('triggers.mailchimp_member_told.operation.performSubscribe', {
    ...members,
    authData: accounts.mailchimp,
    targetUrl: listening(sandbox),
  });
  return 'results' in outcome ? outcome.results : outcome.error;
}

function delivery(email: string): Given {
  const told = new URLSearchParams({
    type: 'profile',
    fired_at: '2026-11-02 08:00:00',
    'data[list_id]': AUDIENCE,
    'data[email]': email,
  });
  return { ...members, rawRequest: { content: String(told), headers: {} } };
}
