import { beforeEach, describe, expect, it } from '@jest/globals';
import { ACTIVITY_ROWS } from './matrix/activity-rows.ts';
import { BILLING_ACTION_ROWS } from './matrix/billing-action-rows.ts';
import { CONTACT_ACTION_ROWS } from './matrix/contact-action-rows.ts';
import { CONTACT_ROWS } from './matrix/contact-rows.ts';
import { type Case, failing, type Reason, type Row, type Stage } from './matrix/row.ts';
import { SIGN_IN_ROWS } from './matrix/sign-in-rows.ts';
import { WEBHOOK_ROWS } from './matrix/webhook-rows.ts';
import { XERO_ROWS } from './matrix/xero-rows.ts';
import { ZOHO_ROWS } from './matrix/zoho-rows.ts';
import { appEnvironmentOf, signedIn } from './support/auth-data.ts';
import type { Given, Outcome } from './support/packaged-app.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';

const COLUMNS = new Set(['empty', 'paging', 'expired', 'throttled', 'refused', 'wrongAccount', 'replay']);
const ROWS = [
  ...SIGN_IN_ROWS,
  ...CONTACT_ROWS,
  ...WEBHOOK_ROWS,
  ...CONTACT_ACTION_ROWS,
  ...ACTIVITY_ROWS,
  ...ZOHO_ROWS,
  ...XERO_ROWS,
  ...BILLING_ACTION_ROWS,
];

/** How much faster time passes while a step waits for a limit, of which it does so for some seconds itself. */
const FASTER = 10;

const stage = usePackagedApp();
let accounts: Stage['accounts'];

beforeEach(() => {
  accounts = signedIn(stage.sandbox);
});

function call(method: string, given: Given, speed?: number): Promise<Outcome> {
  return stage.app.call(method, given, appEnvironmentOf(stage.sandbox), stage.sandbox.world.clock, speed);
}

async function setScene(row: Row, scene = row.scene): Promise<Given> {
  return { authData: accounts[row.account], ...(await scene({ sandbox: stage.sandbox, accounts, call })) };
}

/** Everything that the systems hold, each as one text, but for how often they have answered. */
function held(): Readonly<Record<string, string>> {
  const answers = (key: string, value: unknown): unknown => (key === 'nextAnswer' ? undefined : value);
  const { systems } = stage.sandbox.admin.snapshot();
  return Object.fromEntries(
    Object.entries(systems).map(([name, system]) => [name, JSON.stringify(system, answers)]),
  );
}

/** A cell of the matrix has a test, unless its row says why not. */
function cell<Given>(column: string, given: Given | Reason, play: (given: Given) => Promise<void>): void {
  if (typeof given !== 'string') it(column, () => play(given));
}

it('a column that does not apply says why', () => {
  const reasons = ROWS.flatMap((row) => Object.entries(row)).filter(
    ([column, given]) => COLUMNS.has(column) && typeof given === 'string',
  );
  expect(reasons.length).toBeGreaterThan(0);
  expect(reasons.filter(([, reason]) => !/^[a-zA-Z][^.]{9,}$/.test(String(reason)))).toEqual([]);
});

it('every function of the app has a row, and every row is a function of the app', async () => {
  const definition = await stage.app.definition();
  const functions = functionsIn('results' in definition ? definition.results : definition.error);
  expect([...new Set(ROWS.map(({ method }) => method))].toSorted()).toEqual(functions.toSorted());
});

function lengthOf(results: unknown): unknown {
  return Array.isArray(results) ? results.length : results;
}

/** Zapier's library shows a function as text in the definition that it hands on. */
function functionsIn(part: unknown, path: readonly string[] = []): string[] {
  if (typeof part === 'string') return part.startsWith('$func$') ? [path.join('.')] : [];
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => functionsIn(value, [...path, key]));
}

describe.each(ROWS.map((row) => [`${row.method} (${row.account})`, row] as const))('%s', (_name, row) => {
  const { method, account, system, gives } = row;

  it(row.writes === true ? 'does its work' : 'does its work, and writes nothing', async () => {
    const given = await setScene(row);
    const before = held();
    expect(await call(method, given)).toEqual({ results: gives });
    if (row.writes !== true) expect(held()).toEqual(before);
  });

  const comesTo = async ({ scene, expected }: Case): Promise<void> => {
    expect(await call(method, await setScene(row, scene))).toEqual(expected);
  };
  cell('nothing there', row.empty, comesTo);
  cell('the vendor says no', row.refused, comesTo);

  cell('more than a page', row.paging, async (paging) => {
    if ('expected' in paging) return comesTo(paging);
    const outcome = await call(method, await setScene(row, paging.scene));
    expect('results' in outcome ? lengthOf(outcome.results) : outcome).toBe(paging.count);
  });

  cell('the token has ended', row.expired, async () => {
    const given = await setScene(row);
    const before = held();
    const authData = { ...given.authData, access_token: 'expired' };

    const outcome = await call(method, { ...given, authData });

    expect(held()).toEqual(before);
    if (account === 'mailchimp') {
      expect(outcome).toEqual(failing('ExpiredAuthError', 'Reconnect the account in Zapier'));
      return;
    }
    expect(outcome).toEqual(failing('RefreshAuthError', ''));
    const renewed = await call('authentication.oauth2Config.refreshAccessToken', { authData });
    const renewedData = 'results' in renewed ? Object(renewed.results) : {};
    expect(await call(method, { ...given, authData: renewedData })).toEqual({ results: gives });
  });

  cell('too many calls', row.throttled, async () => {
    const given = await setScene(row);
    const before = held();
    const fault = { system, times: 0, effect: { kind: 'throttle', retryAfterS: 60 } } as const;
    const id = stage.sandbox.world.faults.add(fault);

    const waits = await call(method, given, FASTER);
    stage.sandbox.world.faults.clear(id);

    // Salesforce names no time.
    expect(waits).toEqual(failing('ThrottledError', account === 'salesforce' ? '' : '"delay":'));
    expect(held()).toEqual(before);
    stage.sandbox.world.clock.advance(61_000);
    expect(await call(method, given)).toEqual({ results: gives });
  });

  cell('an account of another system', row.wrongAccount, async () => {
    const given = await setScene(row);
    const before = held();
    stage.sandbox.world.calls.clear();
    const other = account === 'xero' ? 'salesforce' : 'xero';

    const outcome = await call(method, { ...given, authData: accounts[other] });

    expect(outcome).toEqual(failing('AppError', 'This step works with '));
    expect(stage.sandbox.world.calls.counts()).toEqual({});
    expect(held()).toEqual(before);
  });

  cell('the same step again', row.replay, async () => {
    const given = await setScene(row);
    await call(method, given);
    const before = held();
    stage.sandbox.world.clock.advance(1_000);

    const again = await call(method, given);

    expect(again).toEqual({ results: row.replayGives ?? gives });
    expect(held()).toEqual(before);
  });
});
