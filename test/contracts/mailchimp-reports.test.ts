import { expect, test } from '@jest/globals';
import { createCampaign } from '../../sandbox/mailchimp/campaign-actions.ts';
import { subscribe } from '../../sandbox/mailchimp/people-actions.ts';
import { serveMailchimp } from '../sandbox/mailchimp/served-mailchimp.ts';
import { loadMailchimpSpec } from '../support/mailchimp-spec.ts';

const LIST = 'aud0000001';

test('campaigns and their reports answer as the vendor’s Swagger document says, and its tests ask so', async () => {
  const spec = loadMailchimpSpec();
  const { mailchimp, call } = await serveMailchimp();
  const { account, actions } = mailchimp;
  for (const name of ['ada', 'bob', 'cyd']) subscribe(account, LIST, `${name}@acme.test`, 'self');
  const campaign = createCampaign(account, { list: LIST, title: 'Autumn' });
  const act = (action: string, input: object) => actions[action]?.run({ campaign, ...input });
  act('open', { to: 'ada@acme.test' });
  act('open', { to: 'ada@acme.test', machine: true });
  act('click', { to: 'ada@acme.test', url: 'https://acme.test/autumn' });
  act('bounce', { to: 'bob@acme.test', type: 'soft' });
  act('leave', { to: 'cyd@acme.test' });
  const report = `/reports/${campaign}`;
  const links = Object(await call('GET', `${report}/click-details`)).body.urls_clicked;
  const paths = [
    '/campaigns?status=sent&since_send_time=2026-01-01T00:00:00Z&sort_field=send_time&sort_dir=ASC',
    `/campaigns/${campaign}`,
    '/reports?since_send_time=2026-01-01T00:00:00Z&count=1000',
    report,
    `${report}/email-activity?since=2026-01-01T00:00:00Z&count=1000`,
    `${report}/email-activity/${Object(await call('GET', `${report}/sent-to`)).body.sent_to[0].email_id}`,
    `${report}/open-details?since=2026-01-01T00:00:00Z`,
    `${report}/click-details`,
    `${report}/click-details/${links[0].id}/members`,
    `${report}/unsubscribed?count=1000&offset=0`,
    `${report}/sent-to?count=1000`,
  ];

  const faults: string[] = [];
  for (const path of paths) {
    const { status, headers, body } = await call('GET', path);
    const exchange = {
      method: 'GET',
      path,
      requestBody: '',
      status,
      contentType: String(headers['content-type']),
      answerBody: JSON.stringify(body),
    };
    expect([path, status]).toEqual([path, 200]);
    faults.push(...spec.requestFaults(exchange), ...spec.answerFaults(exchange));
  }

  expect(faults).toEqual([]);
});
