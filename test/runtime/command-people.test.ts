import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type CommandBench, openBench } from '../support/command-line.ts';
import { disagree, NEWSLETTER, type SeededPair, seededPairs } from '../support/seeded-pairs.ts';

const CONTACTS = 'recipes/contacts.yaml';
const TIMEOUT_MS = 60_000;

let bench: CommandBench;
let pair: SeededPair;
beforeAll(async () => {
  bench = await openBench(13);
  await bench.admin('/seed', { contacts: 30, leads: 0, mess: 0 });
  const [first] = await seededPairs(bench);
  if (first === undefined) throw new Error('The seed gave no pair');
  pair = first;
  await disagree(pair, { salesforce: 'Chief Buyer', mailchimp: 'Buyer' }, bench);
  await bench.run('sync', CONTACTS, '--allow', 'overwrites');
}, TIMEOUT_MS);
afterAll(() => bench.close());

test(
  'a conflict is listed, shown with both values, and resolved on both sides by one word',
  async () => {
    const listed = await bench.json('conflicts', 'list', 'contacts');
    const shown = await bench.json('conflicts', 'show', pair.email);
    const { exitCode, document } = await bench.json(
      'conflicts',
      'resolve',
      pair.email,
      '--keep',
      'mailchimp',
    );

    expect(listed.document).toMatchObject({
      conflicts: [{ key: pair.memberId, code: 'CLOCKS_TOO_CLOSE', fields: ['Title ↔ TITLE'] }],
    });
    const { fields } = z
      .object({ fields: z.array(z.looseObject({ atIssue: z.boolean() })) })
      .parse(shown.document);
    expect(fields.filter(({ atIssue }) => atIssue)).toMatchObject([
      { field: 'Title ↔ TITLE', equal: false, salesforce: 'Chief Buyer', mailchimp: 'Buyer' },
    ]);
    expect({ exitCode, document }).toMatchObject({
      exitCode: 0,
      document: { resolved: true, conflicts: [] },
    });
    expect(await titles()).toEqual({ salesforce: 'Buyer', mailchimp: 'Buyer' });
    expect((await bench.json('conflicts')).document).toEqual({ conflicts: [] });
  },
  TIMEOUT_MS,
);

test(
  'the value that lost is in the history, and undo puts it back on both sides',
  async () => {
    const { document } = await bench.json('history', 'record', pair.contactId);
    const entry = z
      .object({ entries: z.array(z.looseObject({ id: z.string(), field: z.string() })) })
      .parse(document)
      .entries.find(({ field }) => field === 'Title ↔ TITLE');
    expect(entry).toMatchObject({ before: 'Chief Buyer', after: 'Buyer', reason: 'decision' });

    const undone = await bench.json('history', 'undo', entry?.id ?? '');

    expect(undone.exitCode).toBe(0);
    expect(await titles()).toEqual({ salesforce: 'Chief Buyer', mailchimp: 'Chief Buyer' });
  },
  TIMEOUT_MS,
);

test(
  'a failure that is discarded stays listed; mended and retried, it goes through',
  async () => {
    const { id } = z.object({ id: z.string() }).parse(
      await bench.admin('/records', {
        system: 'salesforce',
        object: 'Contact',
        values: { LastName: 'Nobody', Email: 'nobody@example.com' },
      }),
    );
    const failed = await bench.json('sync', CONTACTS);
    const discarded = await bench.json('failures', 'discard', id);
    const listed = await bench.json('failures', 'list');
    const status = await bench.json('status', 'contacts');
    await bench.admin(
      '/records',
      { system: 'salesforce', object: 'Contact', id, values: { Email: 'nobody@webpost.test' } },
      'PATCH',
    );
    const retried = await bench.json('failures', 'retry', id);
    const after = await bench.json('failures', 'list');

    expect(failed).toMatchObject({ exitCode: 1, document: { counts: { failed: 1 } } });
    expect(discarded.document).toMatchObject({ discarded: [{ salesforceId: id, code: 'EMAIL_INVALID' }] });
    expect(listed.document).toMatchObject({ failures: [{ kind: 'terminal', salesforceId: id }] });
    expect(status.document).toMatchObject({ recipes: [{ failing: 0, terminal: 1, conflicts: 0 }] });
    expect(retried).toMatchObject({
      exitCode: 0,
      document: { runs: [{ counts: { applied: 1, failed: 0 }, writes: { mailchimp: 1 } }] },
    });
    expect(after.document).toEqual({ failures: [] });
  },
  TIMEOUT_MS,
);

const records = z.object({
  records: z.tuple([
    z.looseObject({
      Title: z.string().optional(),
      merge_fields: z.looseObject({ TITLE: z.string() }).optional(),
    }),
  ]),
});

/** What both sides hold now, past the APIs. */
async function titles(): Promise<{ salesforce: string | undefined; mailchimp: string | undefined }> {
  const { contactId, memberId } = pair;
  const contact = await bench.admin(`/records?system=salesforce&object=Contact&ids=${contactId}`);
  const member = await bench.admin(`/records?system=mailchimp&list=${NEWSLETTER}&ids=${memberId}`);
  return {
    salesforce: records.parse(contact).records[0].Title,
    mailchimp: records.parse(member).records[0].merge_fields?.TITLE,
  };
}
