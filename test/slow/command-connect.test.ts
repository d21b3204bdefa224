import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { SIGN_IN_SYSTEMS, type SignInSystem } from '@stackbridge/credentials/systems.ts';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { type CommandResult, startCommand } from '../support/command-line.ts';
import { type Application, applicationOf, connect, startConnecting } from '../support/connect-command.ts';
import { answerConsent } from '../support/consent-page.ts';

/** Every test starts several processes. */
jest.setTimeout(120_000);

let sandbox: Sandbox;
let folder: string;
let home: Record<string, string>;
/** Everything that any command of a test has printed. */
let printed: string[];
beforeAll(async () => {
  sandbox = await startSandbox({ clock: 'running' });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.admin.reset();
  folder = mkdtempSync(join(tmpdir(), 'stackbridge-connect-'));
  home = { STACKBRIDGE_HOME: join(folder, 'home'), STACKBRIDGE_VAULT_KEY_IN: 'file' };
  printed = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const application = (system: SignInSystem): Application =>
  applicationOf(system, { ...sandbox.signIns[system] });

async function run(...args: string[]): Promise<CommandResult> {
  return kept(await startCommand(args, home).ended);
}

async function document(...args: string[]): Promise<{ exitCode: number | null; document: unknown }> {
  const { exitCode, stdout } = await run(...args, '--json');
  return { exitCode, document: JSON.parse(stdout) };
}

function kept(result: CommandResult): CommandResult {
  printed.push(result.stdout, result.stderr);
  return result;
}

async function signIn(system: SignInSystem, ...more: string[]): Promise<CommandResult> {
  const { args, environment } = application(system);
  return kept(await connect(system, { args: [...args, ...more], environment }, home));
}

describe('signing in by consent', () => {
  test('each system is connected, listed, tested and removed, and no secret is ever shown', async () => {
    const codes = [];
    for (const system of SIGN_IN_SYSTEMS) codes.push((await signIn(system, '--json', '--verbose')).exitCode);
    const list = await document('connections', 'list', '--verbose');
    const tested = await document('connections', 'test', '--verbose');
    const secrets = plantedSecrets();
    const removed = await document('connections', 'remove', 'xero');
    const after = await document('connections');

    expect(codes).toEqual([0, 0, 0, 0]);
    const accounts = {
      salesforce: expect.stringContaining('integration@stackbridge.example (00D'),
      mailchimp: 'Stackbridge Sandbox',
      zoho: expect.any(String),
      xero: expect.any(String),
    };
    expect(list).toEqual({
      exitCode: 0,
      document: {
        connections: SIGN_IN_SYSTEMS.map((system) => ({
          system,
          account: accounts[system],
          method: 'consent',
          connectedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        })),
      },
    });
    expect(tested).toEqual({
      exitCode: 0,
      document: {
        connections: SIGN_IN_SYSTEMS.map((system) => ({ system, ok: true, account: accounts[system] })),
      },
    });
    expect(removed).toEqual({ exitCode: 0, document: { removed: ['xero'], accessEnded: true } });
    expect(Object(after.document).connections).toHaveLength(3);
    expect(secrets.length).toBeGreaterThan(8);
    const told = printed.join('\n');
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    const onDisk = filesOf(join(folder, 'home')).map((path) => readFileSync(path, 'latin1'));
    expect(secrets.filter((secret) => onDisk.some((text) => text.includes(secret)))).toEqual([]);
  });

  test('secrets are in no argument of the process', async () => {
    const { command, address } = await startConnecting('xero', application('xero'), home);
    const line = readFileSync(`/proc/${command.child.pid}/cmdline`, 'utf8');
    await fetch(await answerConsent(address));
    await command.ended;

    expect(line).toContain('--no-browser');
    expect(line).not.toContain(sandbox.signIns.xero.clientSecret);
  });

  test('a user who denies the access is told, and nothing is kept', async () => {
    const { args, environment } = application('salesforce');
    const denied = await connect('salesforce', { args: [...args, '--json'], environment }, home, {
      decision: 'deny',
    });

    expect(denied.exitCode).toBe(4);
    expect(JSON.parse(denied.stdout)).toMatchObject({
      error: { code: 'SIGN_IN_REFUSED', message: 'The sign-in to salesforce failed: the access was denied' },
    });
    expect(existsSync(join(folder, 'home', 'vault'))).toBe(false);
  });

  test('a forged redirect is turned away, and the sign-in goes on', async () => {
    const { command, address } = await startConnecting('mailchimp', application('mailchimp'), home);
    const redirect = new URL(new URL(address).searchParams.get('redirect_uri') ?? '');
    const forged = await fetch(`${redirect}?code=stolen&state=forged`);
    const elsewhere = await fetch(new URL('/other', redirect));
    const posted = await fetch(redirect, { method: 'POST' });
    const real = await fetch(await answerConsent(address));

    expect([forged, elsewhere, posted, real].map(({ status }) => status)).toEqual([400, 400, 400, 200]);
    expect(redirect.hostname).toBe('127.0.0.1');
    expect((await command.ended).exitCode).toBe(0);
  });

  test('of several organisations the one that is named is kept; unnamed, with nobody to ask, is an error', async () => {
    sandbox.admin.act('xero', 'open-organisation', { region: 'NZ' });
    const { name } = sandbox.xero.books(sandbox.xero.tenantIds[1]).organisation;
    const { args, environment } = application('xero');
    const consent = { decision: 'accept', organisation: name } as const;

    const unnamed = await connect('xero', { args, environment }, home, consent);
    const named = await connect(
      'xero',
      { args: [...args, '--organisation', name], environment },
      home,
      consent,
    );

    expect(unnamed.exitCode).toBe(2);
    expect(unnamed.stderr).toContain('Xero has several: say which organisation');
    expect(named.stdout).toContain(`Xero: ${name}`);
  });

  test('Zoho sends a user of another data centre there, and the connection goes on there', async () => {
    sandbox.admin.act('zoho-accounts', 'settings', { centre: 'eu' });

    const connected = await signIn('zoho');
    sandbox.admin.act('zoho-accounts', 'expire-tokens', {});
    const tested = await run('connections', 'test', 'zoho');

    expect([connected.exitCode, tested.exitCode, tested.stderr]).toEqual([0, 0, '']);
  });

  test('an instance that is not Salesforce’s gets no token, unless the connection names its host', async () => {
    const away = 'http://127.0.0.1:9/salesforce';
    const { origin } = sandbox.world;
    const { command, address } = await startConnecting('salesforce', application('salesforce'), home);
    const redirect = await answerConsent(address);
    sandbox.world.origin = away.replace('/salesforce', '');
    await fetch(redirect);
    const { exitCode, stderr } = await command.ended;
    sandbox.world.origin = origin;

    expect(exitCode).toBe(2);
    expect(stderr).toContain('names an instance on 127.0.0.1:9, which is not its own');
  });
});

describe('signing in as a server', () => {
  test('Mailchimp by API key from a file', async () => {
    const file = join(folder, 'key.txt');
    writeFileSync(file, `${sandbox.connections.mailchimp.apiKey}\n`);

    const { baseUrl } = sandbox.connections.mailchimp;
    const connected = await document(
      ...['connect', 'mailchimp', '--method', 'key', '--api-key-file', file, '--base-url', baseUrl],
    );

    expect(connected).toMatchObject({
      exitCode: 0,
      document: { connected: { system: 'mailchimp', method: 'key' } },
    });
    expect((await run('connections', 'test', 'mailchimp')).exitCode).toBe(0);
  });

  test('Salesforce by a signed assertion, and again when the session has ended', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      // As `openssl genrsa -traditional` writes it.
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    sandbox.admin.act('salesforce', 'upload-certificate', { publicKey });
    const file = join(folder, 'key.pem');
    writeFileSync(file, privateKey);
    const { clientId, loginUrl } = sandbox.signIns.salesforce;

    const connected = await run(
      ...['connect', 'salesforce', '--method', 'jwt', '--client-id', clientId, '--login-url', loginUrl],
      ...['--username', 'integration@stackbridge.example', '--private-key-file', file],
    );
    const first = await run('connections', 'test', 'salesforce');
    sandbox.salesforce.expireTokens();
    const second = await run('connections', 'test', 'salesforce');

    expect([connected.exitCode, first.exitCode, second.exitCode]).toEqual([0, 0, 0]);
    expect(printed.join('')).not.toContain('PRIVATE KEY-----');
  });

  test('Xero as a custom connection', async () => {
    const { loginUrl, baseUrl } = sandbox.signIns.xero;
    const { clientId, clientSecret } = sandbox.xero.auth.customConnection;
    home = { ...home, STACKBRIDGE_XERO_CLIENT_SECRET: clientSecret };
    const options = ['--client-id', clientId, '--login-url', loginUrl, '--base-url', baseUrl];

    const connected = await run('connect', 'xero', '--method', 'client', ...options);
    sandbox.xero.expireTokens();
    const { STACKBRIDGE_XERO_CLIENT_SECRET: _, ...bare } = home;
    home = bare;
    const tested = await run('connections', 'test', 'xero');

    expect([connected.exitCode, tested.exitCode]).toEqual([0, 0]);
  });

  test('a secret that nobody gives is asked for with the three ways to give it', async () => {
    const { exitCode, stderr } = await run('connect', 'mailchimp', '--client-id', 'app');

    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'Put it into STACKBRIDGE_MAILCHIMP_CLIENT_SECRET or into a file for --client-secret-file',
    );
  });

  test.each([
    [['connect', 'xero', '--login-url', 'http://evil.example'], '--login-url is no https URL'],
    [['connect', 'zoho', '--client-id', 'a', '--login-url', 'https://a.example'], 'Zoho has three addresses'],
    [['connect', 'hubspot'], "unknown command 'hubspot'"],
    [['connections', 'remove', 'xero'], 'This home has no sign-in to xero'],
    [['connections', 'test', 'hubspot'], 'There is no system hubspot'],
  ])('%j is wrong use', async (args, said) => {
    const { exitCode, stderr } = await run(...args);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(said);
  });
});

describe('the vault of a home', () => {
  test('gets a new key; with another one nothing is opened and nothing changes; a lost key lets one begin anew', async () => {
    await signIn('mailchimp');
    const rotated = await document('connections', 'rotate-key');
    const tested = await run('connections', 'test');
    const before = sealedFiles();
    home = { ...home, STACKBRIDGE_VAULT_KEY: Buffer.alloc(32).toString('base64') };
    const wrong = await document('connections', 'test');
    const cleared = await document('connections', 'remove', '--all');

    expect(rotated).toEqual({ exitCode: 0, document: { resealed: 1, keyIn: 'file' } });
    expect(tested.exitCode).toBe(0);
    expect(wrong.exitCode).toBe(4);
    expect(wrong.document).toMatchObject({
      connections: [
        { system: 'mailchimp', ok: false, error: { code: 'VAULT_UNREADABLE', class: 'Reconnect' } },
      ],
    });
    expect(before).toHaveLength(1);
    expect(cleared.document).toEqual({ removed: ['mailchimp'], secrets: 1 });
    expect(sealedFiles()).toEqual([]);
    expect((await signIn('mailchimp')).exitCode).toBe(0);
  });
});

function sealedFiles(): string[] {
  return readdirSync(join(folder, 'home', 'vault')).filter((name) => name.endsWith('.sealed'));
}

function filesOf(where: string): string[] {
  return readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every secret that the simulated systems know of this moment, and the key of the vault. */
function plantedSecrets(): string[] {
  const clients = Object.values(sandbox.signIns).map(({ clientSecret }) => clientSecret);
  const issued = [
    ...sandbox.salesforce.auth.liveTokens(),
    ...sandbox.mailchimp.account.tokens,
    ...sandbox.zohoAccounts.grants.liveTokens(),
    ...sandbox.xero.auth.liveTokens(),
  ];
  return [...clients, ...issued];
}
