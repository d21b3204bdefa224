import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { playFile, scenarioFiles } from 'stackbridge/scenarios/play-folder.ts';
import { statelessHost } from '../support/stateless-host.ts';

const FOLDER = join(import.meta.dirname, '../scenarios');

describe('without a store a sync ends in the same state', () => {
  test.each(scenarioFiles(FOLDER).map((file) => [file.slice(FOLDER.length + 1), file]))(
    '%s',
    async (name, file) => {
      const { failures } = await playFile(file, name, statelessHost);

      expect(failures).toEqual([]);
    },
  );
});
