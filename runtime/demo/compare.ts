import type { CompiledRule, FieldMap } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { Link } from '@stackbridge/shared-mappers/model/link.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Store } from '@stackbridge/shared-mappers/ports/store.ts';
import type { ReadyRecipe } from '../commands/ready-recipe.ts';
import type { AdminClient } from './admin-client.ts';

/** Both systems laid side by side under a recipe's field map. */
export interface Comparison {
  readonly recipe: string;
  /** Linked pairs whose two records were compared. */
  readonly pairs: number;
  /** Values compared. */
  readonly values: number;
  /** Values, or consents, that wait for a person and were therefore left out. */
  readonly parked: number;
  /**
   * Pairs whose member was deleted for good since the last whole read: Mailchimp lists such a member nowhere, so only
   * `sync --full` can see it. There is nothing to compare.
   */
  readonly gone: number;
  /** What ought to be equal and is not: pair and field. */
  readonly differences: readonly { readonly left: string; readonly right: string; readonly field: string }[];
}

const CONSENT = 'consent';

/**
 * Reads both systems past the APIs, as their own screens show them, and compares every linked pair field by field.
 * Fields that wait for a person's decision are left out.
 */
export async function compareSystems(
  { job }: ReadyRecipe,
  store: Store,
  admin: AdminClient,
): Promise<Comparison> {
  const lefts = byId(await salesforceRecords(job.leftObject, admin), 'Id');
  const list = job.scope.slice(job.scope.indexOf(':') + 1);
  const rights = byId(await admin.records({ system: 'mailchimp', list }), 'contact_id');
  const waiting = Map.groupBy(await store.parked({ recipe: job.recipe }), (row) => row.subject);
  const differences: { left: string; right: string; field: string }[] = [];
  let pairs = 0;
  let values = 0;
  let parked = 0;
  let gone = 0;
  for await (const link of ownersOf(job.scope, job.leftObject, store)) {
    const left = lefts.get(link.leftId);
    const right = rights.get(link.rightId);
    const rows = waiting.get(link.rightId) ?? [];
    if (right === undefined) {
      gone++;
      continue;
    }
    if (left === undefined || left.IsDeleted === true) {
      if (rows.length > 0) parked++;
      else differences.push({ left: link.leftId, right: link.rightId, field: '(deleted in Salesforce)' });
      continue;
    }
    pairs++;
    for (const name of differingFields(left, right, job.map)) {
      if (isWaiting(name, rows)) parked++;
      else differences.push({ left: link.leftId, right: link.rightId, field: name });
    }
    values += job.map.rules.length;
  }
  return { recipe: job.recipe, pairs, values, parked, gone, differences };
}

function differingFields(left: JsonObject, right: JsonObject, map: FieldMap): string[] {
  const names = map.rules
    .filter((rule) => !mayStand(rule, rule.read.left(left), rule.read.right(right)))
    .map(({ name }) => name);
  const consent = map.consent;
  if (consent !== undefined) {
    const says = { left: consent.read.left(left), right: consent.read.right(right) };
    const isMailed = says.right === 'in' || says.right === 'pending';
    if ((says.left === 'out' && isMailed) || (says.right === 'out' && says.left !== 'out'))
      names.push(CONSENT);
  }
  return names;
}

/** Equal, or different as the rule wants it: a one-way rule never empties at first contact, a kept value stays. */
function mayStand(rule: CompiledRule, left: string, right: string): boolean {
  if (left === right) return true;
  if (rule.keepNonEmpty && (left === '' || right === '')) return true;
  if (rule.direction === 'both') return false;
  return (rule.direction === 'to-right' ? left : right) === '' || rule.drift === 'leave';
}

function isWaiting(field: string, rows: readonly Parked[]): boolean {
  return rows.some(({ fields }) => fields.length === 0 || fields.includes(field));
}

async function* ownersOf(scope: string, object: string, store: Store): AsyncGenerator<Link> {
  let after: string | undefined;
  for (;;) {
    const links = await store.links(scope, after, 2000);
    const last = links.at(-1);
    if (last === undefined) return;
    after = last.leftId;
    for (const link of links)
      if (link.role === 'owner' && link.leftObject === object && link.tombstone === undefined) yield link;
  }
}

/** The screen shows a contact's account by its id; the API, and so the recipe, by its name. */
async function salesforceRecords(object: string, admin: AdminClient): Promise<JsonObject[]> {
  const records = await admin.records({ system: 'salesforce', object });
  if (object !== 'Contact') return records;
  const accounts = byId(await admin.records({ system: 'salesforce', object: 'Account' }), 'Id');
  return records.map((record) => ({ ...record, Account: accounts.get(String(record.AccountId)) ?? null }));
}

function byId(records: readonly JsonObject[], key: string): Map<string, JsonObject> {
  return new Map(records.map((record) => [String(record[key]), record]));
}
