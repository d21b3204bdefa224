import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { scenarioJsonSchemas } from 'stackbridge/scenarios/json-schema.ts';
import { playFile, playFolder, scenarioFiles } from 'stackbridge/scenarios/play-folder.ts';
import { readScenario } from 'stackbridge/scenarios/read-scenario.ts';
import { runtimeHost } from 'stackbridge/scenarios/runtime-host.ts';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '..');
const SCENARIOS = join(ROOT, 'test/scenarios');
const folder = mkdtempSync(join(tmpdir(), 'scenarios-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** `npm run scenarios` plays them. */
describe('scenario files', () => {
  const files = scenarioFiles(SCENARIOS).map((file) => relative(SCENARIOS, file));

  test('every fault of any sync, of contacts and of invoices has a file', () => {
    const covered = new Set(
      files.flatMap((file) => {
        const reading = readScenario(readFileSync(join(SCENARIOS, file), 'utf8'), file);
        if ('scenario' in reading) return reading.scenario.faults;
        if ('activity' in reading) return reading.activity.faults;
        return 'billing' in reading ? reading.billing.faults : [];
      }),
    );

    const missing = Array.from({ length: 52 }, (_, index) => index + 1).filter(
      (fault) => !covered.has(fault),
    );
    expect(missing).toEqual([]);
  });

  test('the published schema accepts each of them', () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const schemas = scenarioJsonSchemas();
    const contacts = ajv.compile(schemas['scenario-v1.json'] ?? false);
    const billing = ajv.compile(schemas['scenario-billing-v1.json'] ?? false);
    const activity = ajv.compile(schemas['scenario-activity-v1.json'] ?? false);

    const refused = files.filter((file) => {
      const written: unknown = parse(readFileSync(join(SCENARIOS, file), 'utf8'));
      return !contacts(written) && !billing(written) && !activity(written);
    });
    expect(refused).toEqual([]);
  });
});

test.each(Object.entries(scenarioJsonSchemas()))('the published %s is up to date', (file, schema) => {
  const published = JSON.parse(readFileSync(join(ROOT, 'docs/schema', file), 'utf8'));

  expect(published).toEqual(JSON.parse(JSON.stringify(schema)));
});

test('the example in the documentation passes', async () => {
  const document = readFileSync(join(ROOT, 'docs/scenarios.md'), 'utf8');
  const [, example = ''] = /```yaml\n(scenario: v1\n[\s\S]*?)```/.exec(document) ?? [];
  const file = join(folder, 'example.yaml');
  writeFileSync(file, example);

  const { outcome, failures } = await playFile(file, 'example.yaml', runtimeHost);

  expect({ outcome, failures }).toEqual({ outcome: 'passed', failures: [] });
});

test('a wrong expectation fails with its step, what was expected and what there is', async () => {
  const own = mkdtempSync(join(folder, 'wrong-'));
  writeFileSync(join(own, 'a-wrong.yaml'), WRONG);
  writeFileSync(join(own, 'b-skipped.yaml'), `${WRONG}hosts: [zapier]\nhostsBecause: it is made for Zaps\n`);
  writeFileSync(join(own, 'own.recipe.yaml'), 'recipe: contact-sync/v1');

  const { passed, failed, skipped, failures } = await playFolder(own, runtimeHost);

  expect({ passed, failed, skipped, failures }).toEqual({
    passed: 0,
    failed: 1,
    skipped: 1,
    failures: [
      {
        file: 'a-wrong.yaml',
        step: 'then: salesforce Contact ada.FirstName',
        expected: 'Augusta',
        actual: 'Ada',
      },
    ],
  });
});

test('a file with several mistakes is told each with its line and what to write instead', () => {
  const reading = readScenario(
    [
      'scenario: v1',
      'titel: Ada',
      'recipe: people',
      'steps:',
      '  - advance: two hours',
      '  - edit: { salesforce: ada, set: { FirstName: Augusta }, expect: {} }',
      '  - snyc',
      '  - sync: { expect: { exit: zero } }',
      'then: { conflicts: [{ of: Ada, code: changed }] }',
    ].join('\n'),
    'mistakes.yaml',
  );

  const problems = 'problems' in reading ? reading.problems : [];
  expect(problems.map(({ line, path, suggestion }) => [line, path, suggestion])).toEqual([
    [2, 'titel', 'Did you mean title?'],
    [5, 'steps[0].advance', 'Time passes: `90s`, `10m`, `6h`'],
    [6, 'steps[1].edit.expect', expect.stringContaining('Remove it')],
    [7, 'steps[2].snyc', 'Did you mean sync?'],
    [8, 'steps[3].sync.expect.exit', 'Exit code: 0, 1, 2, 3, 4, 5 or 70'],
    [9, 'then.conflicts[0].of', 'Whom it is about'],
    [9, 'then.conflicts[0].code', 'Why, as an error code'],
  ]);
});

const WRONG = `
scenario: v1
title: An expectation that does not hold
recipe:
  recipe: contact-sync/v1
  name: names
  salesforce: { object: Contact }
  mailchimp: { audience: Newsletter }
  fields: [{ salesforce: FirstName, mailchimp: FNAME }]
given:
  salesforce: { Contact: { ada: { FirstName: Ada, LastName: Lovelace, Email: ada@lovelace.test } } }
steps:
  - sync
then:
  salesforce: { Contact: { ada: { FirstName: Augusta } } }
`;
