import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { playFile, scenarioFiles } from 'stackbridge/scenarios/play-folder.ts';
import { statelessBilling } from '../support/stateless-billing.ts';
import { statelessHost } from '../support/stateless-host.ts';

const FOLDER = join(import.meta.dirname, '../scenarios');
const HOST = { ...statelessHost, billing: statelessBilling };

const files = scenarioFiles(FOLDER).map((file) => [file.slice(FOLDER.length + 1), file] as const);

describe('without a store billing ends in the same state', () => {
  test.each(files)('%s', async (name, file) => {
    const { failures } = await playFile(file, name, HOST);

    expect(failures).toEqual([]);
  });
});
