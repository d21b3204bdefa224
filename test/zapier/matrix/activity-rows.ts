import { expect } from '@jest/globals';
import { z } from 'zod';
import { AUDIENCE } from '../support/contact-recipe.ts';
import type { Given } from '../support/packaged-app.ts';
import { failing, forbid, type Row, type Stage } from './row.ts';

const EMAIL = 'ada@acme.test';
const RECIPE = `
recipe: campaign-activity/v1
name: activity
mailchimp: { audience: Newsletter }
campaigns: { create: true }
to:
  tasks: { events: [click], subject: 'Clicked in {campaign}' }
`;
const POLL = 'triggers.mailchimp_campaign_activity.operation.perform';

/** More than a page of Mailchimp's reports (1,000). */
const MANY_READERS = 1_010;

export const ACTIVITY_ROWS: readonly Row[] = [
  {
    method: POLL,
    account: 'mailchimp',
    system: 'mailchimp',
    scene: ({ sandbox }: Stage) => {
      clicked(sandbox, 1);
      return {};
    },
    gives: [expect.objectContaining({ event: 'click' })],
    empty: { scene: () => ({}), expected: { results: [] } },
    paging: {
      scene: ({ sandbox }: Stage) => {
        clicked(sandbox, MANY_READERS);
        return {};
      },
      count: MANY_READERS,
    },
    refused: {
      scene: ({ sandbox }) => {
        forbid(sandbox, 'mailchimp');
        return {};
      },
      expected: failing('ExpiredAuthError', '[ACCESS_DENIED]'),
    },
  },
  {
    method: 'creates.salesforce_campaign_activity.operation.perform',
    account: 'salesforce',
    system: 'salesforce',
    writes: true,
    scene: logged,
    gives: expect.objectContaining({ outcome: 'applied' }),
    empty: { scene: () => ({}), expected: failing('AppError', 'activity: ') },
    paging: 'it logs one event',
    refused: {
      scene: async (stage) => {
        const given = await logged(stage);
        stage.sandbox.admin.act('salesforce', 'validation-rule', {
          object: 'Task',
          field: 'Subject',
          forbids: 'Clicked in Spring',
          message: 'No more clicks',
        });
        return given;
      },
      expected: failing('HaltedError', 'No more clicks'),
    },
  },
];

function clicked(sandbox: Stage['sandbox'], readers: number): void {
  const address = (n: number): string => (n === 0 ? EMAIL : `p${n}@people.test`);
  for (let n = 0; n < readers; n += 1)
    sandbox.admin.create('mailchimp', AUDIENCE, { email_address: address(n) });
  const campaign = sandbox.admin.create('mailchimp', 'campaigns', { list: AUDIENCE, title: 'Spring' });
  sandbox.world.clock.advance(3_600_000);
  for (let n = 0; n < readers; n += 1)
    sandbox.admin.act('mailchimp', 'click', { campaign, to: address(n), url: 'https://acme.test/spring' });
}

const items = z.array(z.looseObject({ activity: z.string() }));

async function logged({ sandbox, accounts, call }: Stage): Promise<Given> {
  sandbox.salesforce.desk.create('Contact', { LastName: 'Lovelace', Email: EMAIL });
  clicked(sandbox, 1);
  const outcome = await call(POLL, { authData: accounts.mailchimp });
  const [item] = items.parse('results' in outcome ? outcome.results : outcome.error);
  return { inputData: { recipe: RECIPE, activity: item?.activity } };
}
