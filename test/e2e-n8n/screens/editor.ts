import { join } from 'node:path';
import { chromium, type Page, selectors } from 'playwright-core';
import type { N8nClient } from '../n8n/client.ts';
import { CHROMIUM } from '../needs.ts';

/** n8n's editor in a headless Chromium, with its owner signed in. */
export interface Editor extends AsyncDisposable {
  /** Opens a path of the editor, `/workflow/<id>/<node id>`, in a page of its own. */
  open(path: string): Promise<Page>;
}

/** The editor is 15 MB of script. */
const LOADED_WITHIN_MS = 120_000;

/** Wide enough for the panels of a node beside its settings. */
const VIEWPORT = { width: 1440, height: 900 };

/** @param folder where the browser's profile goes */
export async function openEditor(client: N8nClient, folder: string): Promise<Editor> {
  const browser = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: CHROMIUM,
    headless: true,
    viewport: VIEWPORT,
    colorScheme: 'light',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  selectors.setTestIdAttribute('data-test-id');
  browser.setDefaultTimeout(LOADED_WITHIN_MS);
  await browser.addCookies([{ ...client.cookie, url: client.baseUrl }]);
  await browser.addInitScript(
    (browserId: string) => localStorage.setItem('n8n-browserId', browserId),
    client.browserId,
  );
  return {
    async open(path) {
      const page = await browser.newPage();
      await page.goto(`${client.baseUrl}${path}`);
      return page;
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}
