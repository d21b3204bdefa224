import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type CommandBench, openBench } from '../support/command-line.ts';
import { disagree, seededPairs } from '../support/seeded-pairs.ts';

const CONTACTS = 'recipes/contacts.yaml';
const TIMEOUT_MS = 60_000;

const NOTHING = { salesforce: 0, mailchimp: 0 };
const run = z.looseObject({
  runId: z.string(),
  counts: z.record(z.string(), z.number()),
  writes: z.record(z.string(), z.number()),
  stoppedBy: z.string().optional(),
});

let bench: CommandBench;
beforeAll(async () => {
  bench = await openBench(5);
  await bench.admin('/seed', { contacts: 60, mess: 0.2 });
}, TIMEOUT_MS);
afterAll(() => bench.close());

describe('what stands on the command line', () => {
  test('an unknown command is answered with the one meant, and ends with 2', async () => {
    const { exitCode, stdout, stderr } = await bench.run('snyc');

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Did you mean sync?');
  });

  test('with --json a wrong option is a document, too', async () => {
    const { exitCode, document } = await bench.json('sync', CONTACTS, '--ful');

    expect(exitCode).toBe(2);
    expect(document).toEqual({
      error: {
        code: 'USAGE',
        class: 'Usage',
        message: "unknown option '--ful'\n(Did you mean --full?)",
        next: 'Add --help for the options and examples',
      },
    });
  });

  test('a sandbox that cannot be opened, or not be told of, ends at once and says why', async () => {
    const port = new URL(bench.sandbox.adminUrl).port;

    const answers = await Promise.all([
      bench.json('sandbox', '--port', port),
      bench.json('sandbox', '--port', '99999'),
      bench.json('sandbox', '--connections-file', '/no/such/folder/c.yaml'),
    ]);

    expect(answers.map(({ exitCode }) => exitCode)).toEqual([2, 2, 2]);
    expect(answers.map(({ document }) => document)).toMatchObject([
      { error: { code: 'USAGE', message: `--port cannot be ${port}: another process listens there` } },
      { error: { code: 'USAGE', message: '--port cannot be 99999: it cannot be opened' } },
      { error: { code: 'USAGE', message: '/no/such/folder/c.yaml cannot be written (ENOENT)' } },
    ]);
  });

  test('an unknown brake is refused before anything is read', async () => {
    const { exitCode, document } = await bench.json('sync', CONTACTS, '--allow', 'everything');

    expect(exitCode).toBe(2);
    expect(document).toMatchObject({ error: { code: 'USAGE', message: 'There is no brake everything' } });
  });

  test('a missing connection names the system, its code and the next step', async () => {
    const file = await bench.write('empty.yaml', '{}\n');

    const { exitCode, stderr } = await bench.run('plan', CONTACTS, '--connections', file);

    expect(exitCode).toBe(2);
    expect(stderr).toContain('CONNECTION_MISSING');
    expect(stderr).toContain('add the system to the connections file');
    expect(stderr).not.toContain('    at ');
  });
});

describe('a faulty recipe', () => {
  const FAULTY = `recipe: contact-sync/v1
name: faulty
salesforce: { object: Contact, externalid: Mailchimp_Contact_Id__c }
mailchimp: { audience: Newsleter }
owner: eldest
fields:
  - { salesforce: FirstNme, mailchimp: FNAME }
  - { salesforce: LastName, mailchimp: LNAM }
  - { salesforce: Title, mailchimp: TITLE, policy: newst }
  - { salesforce: Birthdate, mailchimp: BIRTHDAY }
  - { salesforce: Phone, mailchimp: PHONE, tpye: phone }
consent: { salesforce: HasOptedOutOfEmial }
tolerance: 2 minutes
`;
  const PLACES = [
    ['salesforce.externalid', 3],
    ['mailchimp.audience', 4],
    ['owner', 5],
    ['fields[0].salesforce', 7],
    ['fields[1].mailchimp', 8],
    ['fields[2].policy', 9],
    ['fields[3]', 10],
    ['fields[4].tpye', 11],
    ['consent.salesforce', 12],
    ['tolerance', 13],
  ];
  const problems = z.array(
    z.looseObject({ path: z.string(), line: z.number(), suggestion: z.string().min(1) }),
  );

  test.each(['check', 'plan', 'sync'])(
    '%s reports every fault with line and suggestion, and ends with 2',
    async (command) => {
      const file = await bench.write('faulty.yaml', FAULTY);

      const { exitCode, document } = await bench.json(command, file);

      expect(exitCode).toBe(2);
      const found = z.object({ problems }).parse(document).problems;
      expect(found.map(({ path, line }) => [path, line])).toEqual(PLACES);
    },
    TIMEOUT_MS,
  );
});

/** A brake that lets nothing through. */
const BRAKED = `recipe: contact-sync/v1
name: braked
salesforce: { object: Contact }
mailchimp: { audience: Newsletter }
owner: oldest
fields:
  - { salesforce: Title, mailchimp: TITLE, policy: salesforce }
brakes: { overwrites: { share: 0, atLeast: 0 } }
`;

describe('a sync', () => {
  test(
    'is refused by a brake before any write, and says how to let it through',
    async () => {
      const recipe = await bench.write('braked.yaml', BRAKED);
      const [pair] = await seededPairs(bench);
      if (pair !== undefined) await disagree(pair, { salesforce: 'Head', mailchimp: 'Tail' }, bench);

      const { exitCode, document } = await bench.json('sync', recipe);

      expect(exitCode).toBe(3);
      expect(run.parse(document)).toMatchObject({ stoppedBy: 'BRAKE_OVERWRITES', writes: NOTHING });
      expect(document).toMatchObject({ brakes: [{ name: 'overwrites', code: 'BRAKE_OVERWRITES' }] });
      if (pair !== undefined) await disagree(pair, { salesforce: 'Head', mailchimp: 'Head' }, bench);
    },
    TIMEOUT_MS,
  );

  test(
    'prints one run in the published shape; run again, it writes nothing',
    async () => {
      const first = await bench.json('sync', CONTACTS, '--allow', 'overwrites');
      const second = await bench.json('sync', CONTACTS);

      expect(first.document).toMatchObject({
        runId: expect.stringMatching(/^[0-9A-Z]{26}$/),
        recipe: 'contacts',
        startedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
        finishedAt: expect.stringMatching(/Z$/),
        counts: {
          applied: expect.any(Number),
          unchanged: expect.any(Number),
          excluded: expect.any(Number),
          conflicts: expect.any(Number),
          failed: expect.any(Number),
        },
        writes: { salesforce: expect.any(Number), mailchimp: expect.any(Number) },
        calls: { salesforce: expect.any(Number), mailchimp: expect.any(Number) },
      });
      expect(run.parse(first.document).writes.salesforce).toBeGreaterThan(0);
      expect(second.exitCode).toBe(0);
      expect(run.parse(second.document)).toMatchObject({ writes: NOTHING, counts: { applied: 0 } });
    },
    TIMEOUT_MS,
  );

  test(
    'of several recipes prints one document with a run each',
    async () => {
      const { document } = await bench.json('sync', CONTACTS, 'recipes/leads.yaml', '--dry-run');

      expect(document).toMatchObject({
        runs: [
          { recipe: 'contacts', dryRun: true, writes: NOTHING },
          { recipe: 'leads', dryRun: true, writes: NOTHING },
        ],
      });
    },
    TIMEOUT_MS,
  );

  test(
    'ends between batches on Ctrl-C, and the next run goes on',
    async () => {
      await bench.admin('/seed', { contacts: 40, seed: 77, leads: 0, mess: 0 });
      await bench.admin('/faults', {
        system: 'salesforce',
        path: '/composite',
        effect: { kind: 'delay', ms: 1500 },
      });
      const { child, ended } = bench.start('sync', CONTACTS, '--full', '--json');
      child.stderr?.on('data', (text: string) => {
        if (text.includes('Planning')) setTimeout(() => child.kill('SIGINT'), 500);
      });

      const { exitCode, stdout } = await ended;
      const { document: next } = await bench.json('sync', CONTACTS, '--full');
      const { document: last } = await bench.json('sync', CONTACTS);

      expect(exitCode).toBe(130);
      expect(run.parse(JSON.parse(stdout)).stoppedBy).toBe('STOPPED');
      expect(run.parse(next).stoppedBy).toBeUndefined();
      expect(run.parse(last)).toMatchObject({ writes: NOTHING });
    },
    TIMEOUT_MS,
  );

  test(
    'that finds its sign-in withdrawn ends with 4',
    async () => {
      await bench.admin('/faults', { system: 'mailchimp', times: 1, effect: { kind: 'revoke' } });

      const { exitCode, document } = await bench.json('sync', CONTACTS);

      expect(exitCode).toBe(4);
      expect(document).toMatchObject({ stoppedBy: 'SIGN_IN_EXPIRED', writes: NOTHING });
    },
    TIMEOUT_MS,
  );
});
