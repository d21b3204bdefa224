import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type CommandBench, openBench } from '../support/command-line.ts';
import { disagreements } from '../support/documented-json.ts';
import { disagree, seededPairs } from '../support/seeded-pairs.ts';

const TIMEOUT_MS = 120_000;

/** An example of docs/command.md: the command line, and the document it is said to print. */
interface Example {
  readonly line: string;
  readonly documented: unknown;
}

const examples: Example[] = [
  ...readFileSync(new URL('../../docs/command.md', import.meta.url), 'utf8').matchAll(
    /```sh\nstackbridge (.*)\n```\n(?:```json\n([\s\S]*?)\n```)?/g,
  ),
].map(([, line = '', json]) => ({ line, documented: json === undefined ? undefined : JSON.parse(json) }));

let bench: CommandBench;
/** What `$NAME` stands for in the examples. */
const named: Record<string, string> = {};

beforeAll(async () => {
  bench = await openBench(9);
  await bench.admin('/seed', { contacts: 60, mess: 0.1 });
  await bench.admin('/records', {
    system: 'salesforce',
    object: 'Contact',
    values: { LastName: 'Nobody', Email: 'nobody@example.com' },
  });
  const [pair] = await seededPairs(bench);
  if (pair === undefined) throw new Error('The seed gave no pair');
  await disagree(pair, { salesforce: 'Chief Buyer', mailchimp: 'Buyer' }, bench);
  named.CONFLICT = pair.email;
  named.CONTACT = pair.contactId;
  named.FAILURE = 'nobody@example.com';
}, TIMEOUT_MS);
afterAll(() => bench.close());

test('the examples are found', () => {
  expect(examples.length).toBeGreaterThan(15);
});

test(
  'every example runs, and prints the document it is said to print',
  async () => {
    for (const { line, documented } of examples) {
      if (line.startsWith('history run') || line.startsWith('history undo')) await nameAnEntry();
      const { exitCode, stdout, stderr } = await bench.run(...argumentsOf(line));

      const expected = line.includes('missing.yaml') ? [2] : [0, 1];
      expect({ line, stderr, ended: expected.includes(exitCode ?? -1) }).toMatchObject({ line, ended: true });
      if (documented === undefined) expect(stdout).not.toBe('');
      else
        expect({ line, faults: disagreements(documented, JSON.parse(stdout)) }).toEqual({ line, faults: [] });
    }
  },
  TIMEOUT_MS,
);

const written = z.object({
  entries: z.array(z.object({ id: z.string(), runId: z.string(), before: z.string().optional() })),
});

/** An entry that can be undone, and its run. */
async function nameAnEntry(): Promise<void> {
  const { document } = await bench.json('history', 'record', named.CONTACT ?? '');
  const entry = written.parse(document).entries.find(({ before }) => before !== undefined);
  named.ENTRY = entry?.id ?? '';
  named.RUN = entry?.runId ?? '';
}

function argumentsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word = '']) =>
    quoted !== undefined ? quoted : word.startsWith('$') ? (named[word.slice(1)] ?? word) : word,
  );
}
