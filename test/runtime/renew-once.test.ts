import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { stringify } from 'yaml';

const CHILD = fileURLToPath(new URL('../support/renew-in-child.ts', import.meta.url));

let folder: string;
let sandbox: Sandbox;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stackbridge-renew-'));
  sandbox = await startSandbox();
});
afterEach(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

test.each([
  ['salesforce', 'salesforce', '/services/oauth2/token', 'token'],
  ['xero', 'xero', '/identity/connect/token', 'identity.token'],
  ['zoho-books', 'zoho-accounts', '/oauth/v2/token', 'oauth.token'],
])(
  'two processes whose token for %s ends renew it once between them',
  async (system, host, path, operation) => {
    sandbox.admin.act('salesforce', 'settings', { rotateRefreshTokens: true });
    // Long enough for the second to come while the first waits for its answer.
    sandbox.admin.addFault({ system: host, path, times: 10, effect: { kind: 'delay', ms: 700 } });
    const file = join(folder, 'connections.yaml');
    writeFileSync(file, stringify(sandbox.connections));
    const children = await Promise.all([0, 1].map(() => started(file, system)));

    const answers = await Promise.all(children.map(goOn));

    expect(answers[0]).toEqual(answers[1]);
    expect(sandbox.world.calls.total(host, operation)).toBe(1);
  },
);

interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  readonly lines: AsyncIterator<string>;
}

async function started(file: string, system: string): Promise<Child> {
  const child = spawn(process.execPath, [CHILD, file, join(folder, 'vault'), system]);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value } = await lines.next();
  if (value !== 'ready') throw new Error(`The process did not start: ${said}`);
  return { process: child, lines };
}

async function goOn({ process: child, lines }: Child): Promise<unknown> {
  child.stdin.write('go\n');
  const { value } = await lines.next();
  return JSON.parse(value ?? '');
}
