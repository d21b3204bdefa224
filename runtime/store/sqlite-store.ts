import type { ActivityLedger } from '@stackbridge/shared-mappers/ports/activity-ledger.ts';
import type { Ledger } from '@stackbridge/shared-mappers/ports/ledger.ts';
import type { Store, StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import { activityEventTable } from './activity-events.ts';
import { auditTable } from './audit.ts';
import { inTransaction, openDatabase } from './database.ts';
import { guarded } from './database-error.ts';
import { decisionTable } from './decisions.ts';
import { intentTable } from './intents.ts';
import { leaseTable } from './leases.ts';
import { ledgerDocumentTable } from './ledger-documents.ts';
import { ledgerEntryTable } from './ledger-entries.ts';
import { linkTable } from './links.ts';
import { memoTable } from './memos.ts';
import { parkedTable } from './parked.ts';
import type { StoreQueries } from './queries.ts';
import { runTable } from './runs.ts';
import { watermarkTable } from './watermarks.ts';

/** The sync state in one SQLite file. Disposing closes it. */
export interface SqliteStore extends Store, StoreQueries, Ledger, ActivityLedger, Disposable {}

/**
 * Opens (and, where it does not exist, makes) the store.
 *
 * @param path a file, or `:memory:` for a store that ends with the process.
 * @throws StackbridgeError `STORE_UNUSABLE` when a newer version made it or it is no database,
 * `STORE_UNAVAILABLE` when it cannot be opened now.
 */
export function openStore(path: string): SqliteStore {
  const database = openDatabase(path);
  const leases = leaseTable(database);
  const links = linkTable(database);
  const intents = intentTable(database);
  const watermarks = watermarkTable(database);
  const memos = memoTable(database);
  const parked = parkedTable(database);
  const decisions = decisionTable(database);
  const audit = auditTable(database);
  const runs = runTable(database);
  const entries = ledgerEntryTable(database);
  const documents = ledgerDocumentTable(database);
  const activity = activityEventTable(database);

  const answer = async <Result>(work: () => Result): Promise<Result> => guarded(work);
  const write = async <Result>(work: () => Result): Promise<Result> =>
    guarded(() => inTransaction(database, work));

  const apply = (change: Exclude<StoreChange, { kind: 'audit' }>): void => {
    switch (change.kind) {
      case 'link':
        links.put(change);
        break;
      case 'unlink':
        links.remove(change);
        break;
      case 'repoint':
        links.repoint(change);
        break;
      case 'tombstone':
        links.bury(change);
        break;
      case 'park':
        parked.put(change.parked);
        break;
      case 'unpark':
        parked.drop(change);
        break;
      case 'intent':
        intents.put(change.intent);
        break;
      case 'settle-intent':
        intents.settle(change.scope, change.side, change.sourceId);
        break;
      case 'watermark':
        watermarks.put(change.recipe, change.side, change.at);
        break;
      case 'settle-decision':
        decisions.settle(change.scope, change.subject, change.field);
        break;
      case 'memo':
        memos.put(change.name, change.value);
        break;
    }
  };

  const applyAll = (changes: readonly StoreChange[]): void => {
    for (const change of changes) if (change.kind !== 'audit') apply(change);
    audit.append(changes.flatMap((change) => (change.kind === 'audit' ? [change.entry] : [])));
  };

  return {
    acquireLease: (scope, holder, now, ttlMs) => write(() => leases.acquire(scope, holder, now, ttlMs)),
    renewLease: (lease, now, ttlMs) => write(() => leases.renew(lease, now, ttlMs)),
    releaseLease: (lease) => write(() => leases.release(lease)),

    commit: (lease, changes) =>
      write(() => {
        leases.require(lease);
        applyAll(changes);
      }),

    linksByLeft: (scope, leftIds) => answer(() => links.byLeft(scope, leftIds)),
    linksByRight: (scope, rightIds) => answer(() => links.byRight(scope, rightIds)),
    linksByKey: (scope, keyHashes) => answer(() => links.byKey(scope, keyHashes)),
    links: (scope, after, limit) => answer(() => links.page(scope, after ?? '', limit)),
    countLinks: (scope) => answer(() => links.count(scope)),

    intents: (scope) => answer(() => intents.list(scope)),
    watermark: (recipe, side) => answer(() => watermarks.get(recipe, side)),
    memo: (name) => answer(() => memos.get(name)),
    saveMemo: (name, value) => write(() => memos.put(name, value)),
    parked: (query) => answer(() => parked.list(query)),
    decisions: (scope, subjects) => answer(() => decisions.list(scope, subjects)),
    saveRun: (run) => write(() => runs.put(run)),

    entries: (scope, sources) => answer(() => entries.ofSources(scope, sources)),
    entriesOf: (scope, numbers) => answer(() => entries.ofDocuments(scope, numbers)),
    subjects: (scope, recipe) => answer(() => entries.subjects(scope, recipe)),
    documents: (scope, recipe, subjects) => answer(() => documents.ofSubjects(scope, recipe, subjects)),
    commitLedger: (lease, changes) =>
      write(() => {
        leases.require(lease);
        for (const change of changes) {
          if (change.kind === 'entry') entries.put(change.entry);
          else if (change.kind === 'forget') entries.forget(change.key);
          else documents.put(change.memory);
        }
      }),

    delivered: (recipe, recordIds) => answer(() => activity.ofRecords(recipe, recordIds)),
    recordsBetween: (...range) => answer(() => activity.recordsBetween(...range)),
    commitActivity: (lease, recipe, events, changes) =>
      write(() => {
        leases.require(lease);
        for (const event of events) activity.put(recipe, event);
        applyAll(changes);
      }),
    pruneActivity: (lease, recipe, before) =>
      write(() => {
        leases.require(lease);
        activity.prune(recipe, before);
      }),

    runs: (query) => answer(() => runs.list(query)),
    run: (runId) => answer(() => runs.get(runId)),
    audit: (query) => answer(() => audit.list(query)),
    auditEntry: (id) => answer(() => audit.find(id)),
    countParked: (recipe) => answer(() => parked.count(recipe)),
    discardParked: ({ kind, ...subject }) => write(() => parked.drop({ ...subject, only: kind })),
    retryNow: (query, now) => write(() => parked.makeDue(query, now)),
    decide: (decision) => write(() => decisions.put(decision)),
    withdrawDecision: ({ scope, subject, field }) => write(() => decisions.settle(scope, subject, field)),
    countBilled: (scope, recipe) => answer(() => entries.countSubjects(scope, recipe)),
    countDelivered: (recipe) => answer(() => activity.count(recipe)),
    leaseHolder: (scope, now) => answer(() => leases.holder(scope, now)),
    prune: (before) => write(() => ({ auditedWrites: audit.prune(before), runs: runs.prune(before) })),

    [Symbol.dispose]() {
      if (database.isOpen) database.close();
    },
  };
}
