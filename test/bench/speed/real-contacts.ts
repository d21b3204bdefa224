import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Page } from '@stackbridge/shared-mappers/ports/connector.ts';
import { prepareContactSync } from '@stackbridge/shared-mappers/recipes/prepare-contact-sync.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import type { SyncJob } from '@stackbridge/shared-mappers/sync/job.ts';
import { openSession } from 'stackbridge/session.ts';
import { openTerminal } from 'stackbridge/show/terminal.ts';
import { parseDocument } from 'yaml';
import { CONTACTS_RECIPE } from '../recipe.ts';
import { startSystems } from '../simulated-systems.ts';

/** One person as both systems answer with it. */
export interface Pair {
  readonly left: SourceRecord;
  readonly right: SourceRecord;
}

export interface RealContacts {
  readonly job: SyncJob;
  /** Ids of the interests that the mapped set stands for, by name. */
  readonly interests: Readonly<Record<string, string>>;
  readonly pairs: readonly Pair[];
}

/**
 * People read from a sandbox through the connectors, and a recipe compiled against what it describes: email, first and
 * last name, phone, title, birthday, company, tier, points, website, topics and language, twelve fields.
 */
export async function readRealContacts(contacts: number): Promise<RealContacts> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-bench-'));
  try {
    await using systems = await startSystems(folder);
    await systems.admin('POST', 'seed', { contacts, exact: true });
    const terminal = openTerminal({ json: true, quiet: true, verbose: false, color: false });
    const { connectionsFile } = systems;
    await using session = await openSession({ home: join(folder, 'home'), connectionsFile, terminal });
    const recipe = twelveFields();
    const ports = await session.portsFor(recipe);
    const { key, store, clock } = session;
    const prepared = await prepareContactSync({
      recipe,
      left: ports.left,
      right: ports.right,
      store,
      clock,
      key,
    });
    if ('problems' in prepared) throw new Error(prepared.problems.map(({ message }) => message).join('\n'));
    const { job } = prepared;
    const lefts = await recordsOf(ports.left.readAll(job.map.columns.left));
    const rights = await recordsOf(ports.right.readAll(job.map.columns.right));
    const { fields } = await ports.right.describe();
    const interests = fields.get('interests.Topics')?.choiceIds ?? {};
    return { job, interests, pairs: paired(lefts, rights, job) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where the ready recipe maps the postal address, which is six fields in one. */
const PLACE_OF_ADDRESS = 10;

/** The ready recipe with a plain field for the postal address, and nothing to show a member's status in. */
function twelveFields() {
  const document = parseDocument(readFileSync(CONTACTS_RECIPE, 'utf8'));
  document.deleteIn(['consent', 'statusField']);
  const language = { salesforce: 'Preferred_Language__c', mailchimp: 'language' };
  document.setIn(['fields', PLACE_OF_ADDRESS], document.createNode(language));
  const read = readRecipe(document.toString(), CONTACTS_RECIPE);
  if (read.recipe === undefined) throw new Error(JSON.stringify(read));
  return read.recipe;
}

async function recordsOf(pages: AsyncIterable<Page>): Promise<SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const page of pages) records.push(...page.records);
  return records;
}

function paired(
  lefts: readonly SourceRecord[],
  rights: readonly SourceRecord[],
  { matchKeys }: SyncJob,
): Pair[] {
  const [byEmail] = matchKeys;
  if (byEmail === undefined) return [];
  const members = new Map(rights.map((right) => [byEmail.right(right.values), right]));
  return lefts.flatMap((left) => {
    const right = members.get(byEmail.left(left.values));
    return right === undefined ? [] : [{ left, right }];
  });
}
