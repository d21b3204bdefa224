import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { playFile, scenarioFiles } from 'stackbridge/scenarios/play-folder.ts';
import { statelessBilling } from '../support/stateless-billing.ts';
import { statelessHost } from '../support/stateless-host.ts';

const FOLDER = join(import.meta.dirname, '../scenarios');
const HOST = { ...statelessHost, billing: statelessBilling };

/** What a ledger on the documents cannot know, by scenario. */
const NEEDS_STORE: Readonly<Record<string, string>> = {
  '49-expense-invoiced-is-not-linked.yaml': 'another recipe has charged the expense',
  '49-expense-linked-is-not-invoiced.yaml': 'another recipe has charged the expense',
};

const files = scenarioFiles(FOLDER)
  .map((file) => [file.slice(FOLDER.length + 1), file] as const)
  .filter(([name]) => NEEDS_STORE[name] === undefined);

describe('without a store billing ends in the same state', () => {
  test.each(files)('%s', async (name, file) => {
    const { failures } = await playFile(file, name, HOST);

    expect(failures).toEqual([]);
  });
});
