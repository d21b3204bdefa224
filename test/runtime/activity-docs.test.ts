import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { playFile } from 'stackbridge/scenarios/play-folder.ts';
import { runtimeHost } from 'stackbridge/scenarios/runtime-host.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../docs/campaign-activity.md'), 'utf8');

test('the example of campaign activity passes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'activity-docs-'));
  const [, example = ''] = /```yaml\n(scenario: activity\/v1\n[\s\S]*?)```/.exec(DOCUMENT) ?? [];
  const file = join(folder, 'example.yaml');
  writeFileSync(file, example);

  const { outcome, failures } = await playFile(file, 'example.yaml', runtimeHost);
  rmSync(folder, { recursive: true });

  expect({ outcome, failures }).toEqual({ outcome: 'passed', failures: [] });
}, 30_000);
