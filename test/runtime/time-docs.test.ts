import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { quantityOfMinutes } from '@stackbridge/shared-mappers/model/billing/decimal.ts';
import { playFile } from 'stackbridge/scenarios/play-folder.ts';
import { runtimeHost } from 'stackbridge/scenarios/runtime-host.ts';

const DOCUMENT = readFileSync(join(import.meta.dirname, '../../docs/time.md'), 'utf8');

test('the hours of the worked example are those that are reckoned, and those of the timesheet', () => {
  const rows = [...DOCUMENT.matchAll(/^\| (2026-\d\d-\d\d) \| ([\d: +]+) \| (\d+) \| ([\d.]+) \|$/gm)];

  const days = rows.map(([, day = '', logs = '']) => {
    const minutes = logs.split(' + ').map((text) => {
      const [hours = '', rest = ''] = text.split(':');
      return Number(hours) * 60 + Number(rest);
    });
    return [day, minutes.reduce((sum, part) => sum + part, 0)] as const;
  });

  expect(rows.map(([, day, , minutes, hours]) => [day, minutes, hours])).toEqual(
    days.map(([day, minutes]) => [day, String(minutes), quantityOfMinutes(minutes)]),
  );
  expect(rows).toHaveLength(3);
  const sheet = days.map(([day, minutes]) => `${day} ${quantityOfMinutes(minutes)}`).join(', ');
  expect(DOCUMENT).toContain(`hours: [${sheet}]`);
});

test('the worked example of time passes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'time-docs-'));
  const [, example = ''] = /```yaml\n(scenario: billing\/v1\n[\s\S]*?)```/.exec(DOCUMENT) ?? [];
  const file = join(folder, 'example.yaml');
  writeFileSync(file, example);

  const { outcome, failures } = await playFile(file, 'example.yaml', runtimeHost);
  rmSync(folder, { recursive: true });

  expect({ outcome, failures }).toEqual({ outcome: 'passed', failures: [] });
}, 60_000);
