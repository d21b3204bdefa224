import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SIGN_IN_SYSTEMS, type SignInSystem } from '@stackbridge/credentials/systems.ts';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { applicationOf, type Connecting, startConnecting } from '../support/connect-command.ts';

/** Debian's place; another browser of the kind is named by `CHROMIUM`. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

let sandbox: Sandbox;
let folder: string;
let browser: BrowserContext;
beforeAll(async () => {
  if (!existsSync(CHROMIUM))
    throw new Error(
      `Chromium is missing at ${CHROMIUM}: \`apt-get install chromium\`, or name it in CHROMIUM`,
    );
  folder = mkdtempSync(join(tmpdir(), 'stackbridge-browser-'));
  sandbox = await startSandbox({ clock: 'running' });
  browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  await sandbox?.close();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => sandbox.admin.reset());

interface AtThePage extends Connecting {
  readonly page: Page;
}

async function open(system: SignInSystem, ...more: string[]): Promise<AtThePage> {
  const { args, environment } = applicationOf(system, { ...sandbox.signIns[system] });
  const home = { STACKBRIDGE_HOME: join(folder, 'home'), STACKBRIDGE_VAULT_KEY_IN: 'file' };
  const connecting = await startConnecting(system, { args: [...args, ...more], environment }, home);
  const page = await browser.newPage();
  await page.goto(connecting.address);
  return { ...connecting, page };
}

describe('a person at a browser', () => {
  test.each(SIGN_IN_SYSTEMS)('allows the access to %s and is sent back to the terminal', async (system) => {
    const { page, command } = await open(system);
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('You can close this window').waitFor();

    const host = new URL(page.url()).hostname;
    await page.close();
    expect(host).toBe(system === 'mailchimp' ? '127.0.0.1' : 'localhost');
    expect(await command.ended).toMatchObject({ exitCode: 0 });
  });

  test('denies it and is told where to look', async () => {
    const { page, command } = await open('zoho');
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.getByText('The access was not granted').waitFor();

    await page.close();
    expect(await command.ended).toMatchObject({ exitCode: 4 });
  });

  test('chooses the organisation on the page of Xero', async () => {
    sandbox.admin.act('xero', 'open-organisation', { region: 'NZ' });
    const { name } = sandbox.xero.books(sandbox.xero.tenantIds[1]).organisation;
    const { page, command } = await open('xero', '--organisation', name);
    await page.getByLabel('Organisation').selectOption({ label: name });
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.getByText('You can close this window').waitFor();

    await page.close();
    expect((await command.ended).stdout).toContain(`Xero: ${name}`);
  });
});
