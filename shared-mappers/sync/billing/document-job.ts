import type { AccountMap } from '../../mapping/account-map.ts';
import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { LeftOut } from '../../plan/billing/document-plan.ts';
import { goneBrakes, isNews, type WatchedSubjects } from '../../plan/billing/gone-brake.ts';
import { listingBrakes, type WatchedListings } from '../../plan/billing/listing-brake.ts';
import { type MapNeeds, mergedNeeds } from '../../plan/billing/map-needs.ts';
import type { BillingJob, BillingPlan, PlanningDesk, SourceRef } from './billing-job.ts';
import { createCustomers } from './create-customers.ts';
import { Customers } from './customers.ts';
import type { DocumentSource } from './document-source.ts';
import { followUpDocuments } from './follow-up-documents.ts';
import { accountsFacts } from './ledger-facts.ts';
import { type OpenedSubjects, openSubjects } from './open-subjects.ts';
import { plannedDocument } from './planned-document.ts';
import { writeDocuments } from './write-documents.ts';

/** What a recipe has read for its documents. */
export interface DocumentWork {
  readonly subjects: readonly DocumentSource[];
  /** Work that belongs to no subject. */
  readonly leftOut: readonly LeftOut[];
  /** Of the sources of all subjects, as far as they are known; any recipe, purpose and state. */
  readonly entries: readonly LedgerEntry[];
  readonly needs: MapNeeds;
  /** The account map, with what the books call by an id filed under it. Default: the map as it is written. */
  readonly map?: AccountMap;
  /** Where work is listed apart from what it is billed with. Default: a subject comes whole or not at all. */
  readonly watched?: WatchedListings;
  /** How much of what is billed may be in no listing any more. */
  readonly roster: Roster;
}

/** The listing of the subjects themselves. */
export interface Roster extends Omit<WatchedSubjects, 'standing'> {
  /**
   * What the recipe asks for, as text, where those that are gone are not planned: they are then told from those that it
   * asks for no more by what the run before saw.
   */
  readonly asks?: string;
}

/** What a recipe for documents says for itself. */
export interface DocumentRecipe extends Pick<BillingJob, 'recipe' | 'map' | 'sources'> {
  /** A contact that the accounts do not have may be created there. */
  readonly createsContacts: boolean;
  /** What is written is noted in its history, which costs a call each. Default false. */
  readonly historyNotes?: boolean;
  read(ledger: WorkLedger, desk: Pick<PlanningDesk, 'context' | 'isWanted'>): Promise<DocumentWork>;
}

/** What the ledger tells while work is read. */
export interface WorkLedger {
  /** Of sources; any recipe, purpose and state. */
  entriesOf(sources: readonly SourceRef[]): Promise<readonly LedgerEntry[]>;
  /** What the recipe's documents bill, by subject: the number of its first one. */
  standing(): Promise<ReadonlyMap<string, string>>;
}

/** A recipe that makes documents of what it reads. */
export function documentJob({
  createsContacts,
  historyNotes = false,
  ...recipe
}: DocumentRecipe): BillingJob {
  return {
    ...recipe,
    async read(desk) {
      const work = await recipe.read(workLedger(desk), desk);
      const { leftOut, needs, map } = work;
      const context = map === undefined ? desk.context : { ...desk.context, map };
      const opened = await openSubjects(work, { ...desk, context });
      const options = { createsContacts, historyNotes };
      return {
        leftOut,
        needs: mergedNeeds([needs, ...opened.subjects.flatMap((subject) => subject.needs ?? [])]),
        plan: () => planDocuments(work, opened, options, { ...desk, context }),
      };
    },
  };
}

function workLedger({ ports: { ledger }, context: { scope, recipe } }: PlanningDesk): WorkLedger {
  return {
    entriesOf: (sources) => ledger.entries(scope, sources),
    async standing() {
      const documents = await ledger.documents(scope, recipe, await ledger.subjects(scope, recipe));
      const firsts = new Map<string, string>();
      // Those that follow have the first one's number and a turn.
      for (const { subject, number } of documents) {
        const first = firsts.get(subject);
        if (first === undefined || number.length < first.length) firsts.set(subject, number);
      }
      return firsts;
    },
  };
}

async function planDocuments(
  { subjects: all, watched, roster }: DocumentWork,
  { subjects, knownOf, settled }: OpenedSubjects,
  { createsContacts, historyNotes }: Required<Pick<DocumentRecipe, 'createsContacts' | 'historyNotes'>>,
  { ports, context }: PlanningDesk,
): Promise<BillingPlan> {
  const { progress, target } = ports;
  progress.begin('read-right');
  const open = subjects.filter((subject) => !settled.has(subject));
  const stateOf = await accountsFacts(open, knownOf, target);
  const parties = open
    .filter((subject) => subject.waits === undefined || stateOf(subject).memories.length > 0)
    .flatMap(({ party, rebillTo }) => (rebillTo === undefined ? [party] : [party, rebillTo]));
  const customers = await Customers.find(parties, target, createsContacts);
  progress.end('read-right');

  progress.begin('plan', subjects.length);
  const facts = { context, customers, stateOf, historyNotes };
  const planned = subjects.map((subject) => settled.planOf(subject) ?? plannedDocument(subject, facts));
  progress.advance('plan', planned.length);
  progress.end('plan');
  const looked = planned.map(({ subject, plan }) => ({
    subject,
    plan,
    state: stateOf(subject),
    isParked: settled.isParked(subject),
  }));
  const standing = new Set(await ports.ledger.subjects(context.scope, context.recipe));
  const gone =
    roster.asks === undefined
      ? looked.filter((one) => one.subject.isGone && isNews(one)).length
      : settled.missing(all, roster.asks).filter((id) => standing.has(id)).length;
  const brakes = [
    ...(watched === undefined ? [] : listingBrakes(looked, watched, context.recipe)),
    ...goneBrakes(gone, { ...roster, standing: standing.size }),
  ];
  return {
    planned,
    brakes,
    async write(desk) {
      const ready = await createCustomers({ ...facts, planned }, desk);
      const standing = await writeDocuments(ready, facts, desk);
      await followUpDocuments(standing, desk);
      await desk.guard.hold();
      const { asks } = roster;
      const got = asks === undefined ? undefined : { asks, ids: all.map(({ id }) => id) };
      await ports.store.commit(desk.guard.lease, settled.remember(planned, got));
    },
  };
}
