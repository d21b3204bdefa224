import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { createZohoProjectsConnector } from '@stackbridge/shared-mappers/connectors/zoho-projects/connector.ts';
import { all, openZohoAccount, stageProject, type ZohoAccount } from './zoho-account.ts';

let sandbox: Sandbox;
let account: ZohoAccount;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  account = openZohoAccount(sandbox, {
    fixedAmountField: 'cf_fixed_amount',
    webUrl: 'https://projects.zoho.eu/',
  });
});
afterEach(() => account.close());

const create = (collection: string, values: Record<string, unknown>) =>
  sandbox.admin.create('zoho-projects', collection, values);
const act = (action: string, input: unknown) => sandbox.admin.act('zoho-projects', action, input);
const portalSettings = (settings: Record<string, unknown>) => act('settings', settings);

describe('projects, milestones and people', () => {
  test('a project names customer, currency, category and where people open it', async () => {
    const { project } = stageProject(sandbox);

    expect(await all(account.projects.projects())).toEqual([
      {
        id: project,
        name: 'Website',
        key: 'SB-1',
        customerId: '9007199254740993',
        customerName: 'Acme Pty Ltd',
        currency: 'AUD',
        category: 'Design',
        url: `https://projects.zoho.eu/portal/stackbridge#zp/projects/${project}`,
      },
    ]);
  });

  test.each(['named', 'prefixed'])('a closed milestone is closed with a %s status', async (status) => {
    const { project, milestone } = stageProject(sandbox);
    const open = create('phases', { project, name: 'Support' });
    act('close-milestone', { milestone });
    portalSettings({ status });

    const modifiedAt = sandbox.world.clock.now();
    expect(await all(account.projects.milestones(project))).toEqual([
      { id: milestone, projectId: project, name: 'Launch', closed: true, modifiedAt, fixedAmount: '1500' },
      { id: open, projectId: project, name: 'Support', closed: false, modifiedAt },
    ]);
  });

  test.each(['phases', 'milestones'])(
    '%s are found by the name the portal knows, asked for once',
    async (spelling) => {
      const { project, milestone } = stageProject(sandbox);
      portalSettings({ spelling });

      const first = await all(account.projects.milestones(project));
      const second = await all(account.projects.milestones(project));

      expect([first, second].map((list) => list.map(({ id }) => id))).toEqual([[milestone], [milestone]]);
      const { 'phases.list': phases = 0, 'milestones.list': milestones = 0 } = account.calls();
      expect({ phases, milestones }).toEqual(
        spelling === 'phases' ? { phases: 2, milestones: 0 } : { phases: 1, milestones: 2 },
      );
    },
  );

  test('the name is found out once by projects that are read together', async () => {
    const { project } = stageProject(sandbox);
    const projects = [project, ...['B', 'C', 'D'].map((name) => create('projects', { name }))];
    portalSettings({ spelling: 'milestones' });

    await Promise.all(projects.map((id) => all(account.projects.milestones(id))));

    expect(account.calls()['phases.list']).toBe(1);
  });

  test.each(['1.500,00', '150,00', '12,50', '1,5', '(1,500)', '1500-', 'soon'])(
    'an agreed amount of %s, which is no sure number, is a fault of its milestone alone',
    async (cf_fixed_amount) => {
      const { project, milestone } = stageProject(sandbox);
      const bad = create('phases', { project, name: 'Odd', custom: { cf_fixed_amount } });

      const milestones = await all(account.projects.milestones(project));

      const told = milestones.map(({ id, fixedAmount, amountFault }) => ({ id, fixedAmount, amountFault }));
      const amountFault = 'its cf_fixed_amount is no amount, as 1500 and 1,500.00 are';
      expect(told).toEqual([
        { id: milestone, fixedAmount: '1500', amountFault: undefined },
        { id: bad, fixedAmount: undefined, amountFault },
      ]);
    },
  );

  test.each([
    ['$ 1,500', '1500'],
    ['1,50,000.50 INR', '150000.5'],
    ['-200', '-200'],
  ])('an agreed amount of %s is %s', async (cf_fixed_amount, expected) => {
    const { project } = stageProject(sandbox);
    const odd = create('phases', { project, name: 'Odd', custom: { cf_fixed_amount } });

    const milestones = await all(account.projects.milestones(project));

    expect(milestones.find(({ id }) => id === odd)?.fixedAmount).toBe(expected);
  });

  test('people go by the id that time logs name', async () => {
    const { person } = stageProject(sandbox);
    expect(await all(account.projects.people())).toEqual([
      { id: person, name: 'Mia Brandt', email: 'mia@agency.test' },
    ]);
  });

  test('phases that an administrator turned off are told as such', async () => {
    const { project } = stageProject(sandbox);
    portalSettings({ modulesOff: ['phases'] });
    await expect(all(account.projects.milestones(project))).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
  });
});

describe('limits and sign-in', () => {
  test('a lock of half an hour ends the run cleanly, with the minutes that the text says', async () => {
    stageProject(sandbox);
    act('lock', { minutes: 30 });
    await expect(all(account.projects.projects())).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      context: { retryAfterMs: 30 * 60_000 },
    });
  });

  test.each([
    [{ badToken: 400 }],
    [{ badToken: 401 }],
    [{ badToken: 400, errorsAs200: true }],
    [{ badToken: 400, errors: 'numbers' }],
  ])('a bad token is renewed however it is refused: %j', async (settings) => {
    const { project } = stageProject(sandbox);
    portalSettings(settings);
    sandbox.admin.act('zoho-accounts', 'expire-tokens', {});

    expect((await all(account.projects.projects())).map(({ id }) => id)).toEqual([project]);
  });

  test('refusals inside HTTP 200 are refusals', async () => {
    portalSettings({ errorsAs200: true });
    await expect(all(account.projects.milestones('123'))).rejects.toMatchObject({ code: 'RECORD_GONE' });
  });

  test('a portal that the account does not have is told with those it has', async () => {
    const { client } = account.projectsClient;
    const source = createZohoProjectsConnector({ client, portal: 'elsewhere' });
    await expect(all(source.projects())).rejects.toMatchObject({
      code: 'RECIPE_INVALID',
      message: 'Zoho Projects has no portal elsewhere for this account; it has stackbridge',
    });
  });
});
