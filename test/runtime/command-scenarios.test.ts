import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startCommand } from '../support/command-line.ts';

const TIMEOUT_MS = 60_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stackbridge-scenarios-'));
  await writeFile(join(folder, 'right.yaml'), scenario('Ada'));
  await writeFile(join(folder, 'wrong.yaml'), scenario('Augusta'));
  await writeFile(
    join(folder, 'elsewhere.yaml'),
    `${scenario('Ada')}hosts: [zapier]\nhostsBecause: for Zaps\n`,
  );
  await writeFile(join(folder, 'misspelt.yaml'), scenario('Ada').replace('steps:', 'stepps:'));
});
afterAll(() => rm(folder, { recursive: true }));

test(
  'scenarios of any folder are played, and the document says what failed where',
  async () => {
    const { exitCode, stdout } = await startCommand(['scenarios', '--dir', folder, '--json'], {}).ended;

    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      passed: 1,
      failed: 2,
      skipped: 1,
      failures: [
        {
          file: 'misspelt.yaml',
          step: 'line 10: stepps',
          expected: 'Did you mean steps?',
          actual: 'Unknown key stepps',
        },
        {
          file: 'wrong.yaml',
          step: 'then: salesforce Contact ada.FirstName',
          expected: 'Augusta',
          actual: 'Ada',
        },
      ],
    });
  },
  TIMEOUT_MS,
);

test(
  'a filter narrows them, and where all pass the command ends with 0',
  async () => {
    const args = ['scenarios', '--dir', folder, '--host', 'runtime', '--filter', 'right'];
    const { exitCode, stdout } = await startCommand(args, {}).ended;

    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 passed, 0 failed, 0 skipped');
  },
  TIMEOUT_MS,
);

test.each([
  ['a folder that is not there', ['--dir', 'nowhere'], 'There is no nowhere'],
  ['a host that is not there', ['--host', 'abacus'], 'There is no host abacus'],
])(
  '%s ends with 2 and says so',
  async (_, args, message) => {
    const { exitCode, stderr } = await startCommand(['scenarios', ...args], {}).ended;

    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  },
  TIMEOUT_MS,
);

function scenario(firstName: string): string {
  return `scenario: v1
title: A name is what it is
recipe:
  recipe: contact-sync/v1
  name: names
  salesforce: { object: Contact }
  mailchimp: { audience: Newsletter }
  fields: [{ salesforce: FirstName, mailchimp: FNAME }]
given: { salesforce: { Contact: { ada: { FirstName: Ada, LastName: Lovelace, Email: ada@lovelace.test } } } }
steps: [sync]
then: { salesforce: { Contact: { ada: { FirstName: ${firstName} } } } }
`;
}
