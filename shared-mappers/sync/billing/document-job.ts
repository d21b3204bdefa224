import type { AccountMap } from '../../mapping/account-map.ts';
import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { LeftOut } from '../../plan/billing/document-plan.ts';
import { goneBrakes, isNews, type WatchedSubjects } from '../../plan/billing/gone-brake.ts';
import { listingBrakes, type WatchedListings } from '../../plan/billing/listing-brake.ts';
import { type MapNeeds, mergedNeeds } from '../../plan/billing/map-needs.ts';
import type { BillingContext } from '../../plan/billing/milestone-facts.ts';
import type { StandingSearch } from '../../ports/ledger.ts';
import { asOfReading } from './as-of.ts';
import type { BillingJob, BillingPlan, PlanningDesk, SourceRef } from './billing-job.ts';
import { createCustomers } from './create-customers.ts';
import { Customers } from './customers.ts';
import type { DocumentSource } from './document-source.ts';
import { followUpDocuments } from './follow-up-documents.ts';
import { holdBack } from './hold-back.ts';
import { accountsFacts } from './ledger-facts.ts';
import { type OpenedSubjects, openSubjects, readWhole } from './open-subjects.ts';
import { type PlannedDocument, plannedDocument } from './planned-document.ts';
import { writeDocuments } from './write-documents.ts';

/** What a recipe has read for its documents. */
export interface WorkRead {
  /** All that may be billed: what the ledger is asked about. */
  readonly sources: readonly SourceRef[];
  /**
   * Deals it out to subjects; what is billed already stays where it is.
   *
   * @param entries what the ledger knows of the sources; any recipe, purpose and state
   */
  deal(entries: readonly LedgerEntry[]): DocumentWork;
}

/** What there is to make documents of. */
export interface DocumentWork {
  readonly subjects: readonly DocumentSource[];
  /** Work that belongs to no subject. */
  readonly leftOut: readonly LeftOut[];
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
  read(ledger: WorkLedger, desk: Pick<PlanningDesk, 'context' | 'isWanted'>): Promise<WorkRead>;
}

/** What the ledger tells while work is read. */
export interface WorkLedger {
  /**
   * What the recipe's documents bill, by subject: the number of its first one.
   *
   * @param search where they are to be found, if nothing but the documents remembers them
   */
  standing(search: StandingSearch): Promise<ReadonlyMap<string, string>>;
}

/** How its documents are made. */
type Making = Required<Pick<DocumentRecipe, 'createsContacts' | 'historyNotes'>>;

/** A recipe that makes documents of what it reads. */
export function documentJob({
  createsContacts,
  historyNotes = false,
  ...recipe
}: DocumentRecipe): BillingJob {
  return {
    ...recipe,
    async read(desk) {
      const deal = await dealer(await recipe.read(workLedger(desk), desk), desk);
      const first = await deal();
      const { leftOut, needs } = first.work;
      return {
        leftOut,
        needs: mergedNeeds([needs, ...first.opened.subjects.flatMap((subject) => subject.needs ?? [])]),
        plan: () => planDocuments(first, deal, { createsContacts, historyNotes }, desk),
      };
    },
  };
}

function workLedger({ ports: { ledger }, context: { scope, recipe } }: PlanningDesk): WorkLedger {
  return {
    async standing(search) {
      if (ledger.onDocuments !== undefined) return ledger.onDocuments.standing(scope, recipe, search);
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

interface Dealt {
  readonly work: DocumentWork;
  readonly context: BillingContext;
  /** What is planned of it: on documents that carry the ledger, its neighbours tell what a subject bills. */
  readonly opened: OpenedSubjects;
}

/** Deals the work out by what the ledger knows by now. */
async function dealer({ sources, deal }: WorkRead, desk: PlanningDesk): Promise<() => Promise<Dealt>> {
  const { ports, isWanted } = desk;
  const { scope, asOf } = desk.context;
  const { onDocuments } = ports.ledger;
  const chosen = ({ subjects }: DocumentWork): DocumentSource[] =>
    onDocuments === undefined
      ? subjects.filter(({ id }) => isWanted(id))
      : withNeighbours(subjects, isWanted);
  // Where a document is found stands in the whole of its subject.
  if (onDocuments !== undefined) {
    const places = await readWhole(chosen(deal([])));
    await onDocuments.find(scope, places);
    // Whether it comes late is told by the pages alone.
    if (asOf !== undefined) await onDocuments.readPages(places.map(({ id }) => id).filter(isWanted));
  }
  return async () => {
    const entries = await ports.ledger.entries(scope, sources);
    const work = deal(entries);
    const context = work.map === undefined ? desk.context : { ...desk.context, map: work.map };
    return { work, context, opened: await openSubjects(chosen(work), entries, { ...desk, context }) };
  };
}

/** Subjects of one project: a log may have been billed with one of them before it came to the other. */
function withNeighbours(
  subjects: readonly DocumentSource[],
  isWanted: (id: string) => boolean,
): DocumentSource[] {
  const projects = new Set(subjects.flatMap(({ id, projectId }) => (isWanted(id) ? (projectId ?? []) : [])));
  return subjects.filter(
    ({ id, projectId }) => isWanted(id) || (projectId !== undefined && projects.has(projectId)),
  );
}

/** Plans until all that the plan depends on has been looked into. */
async function planDocuments(
  first: Dealt,
  deal: () => Promise<Dealt>,
  making: Making,
  desk: PlanningDesk,
): Promise<BillingPlan> {
  const { onDocuments } = desk.ports.ledger;
  for (let dealt = first; ; dealt = await deal()) {
    const plan = await planDealt(dealt, making, desk);
    const doubtful = plan.looked.filter((one) => !isAdopted(one)).map(({ subject }) => subject.id);
    const isNew = (await onDocuments?.lookInto(doubtful)) ?? false;
    if (!isNew) return plan;
  }
}

/**
 * Its document says exactly what is due: whatever the ledger on it says comes to the same. That its lines wait to be
 * charged to a customer is told by the ledger alone.
 */
function isAdopted({ subject: { rebillTo }, plan: { outcome, remember } }: PlannedDocument): boolean {
  return rebillTo === undefined && outcome === 'leave' && remember.some(({ kind }) => kind === 'document');
}

async function planDealt(
  { work: { subjects: listed, watched, roster }, context, opened: { subjects, knownOf, settled } }: Dealt,
  { createsContacts, historyNotes }: Making,
  { ports, isWanted }: PlanningDesk,
): Promise<BillingPlan & { readonly looked: readonly PlannedDocument[] }> {
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
  const each = subjects.map((subject) => settled.planOf(subject) ?? plannedDocument(subject, facts));
  const { onDocuments } = ports.ledger;
  const { asOf, recipe } = context;
  const timely =
    asOf === undefined
      ? each
      : each.map((one) => asOfReading(one, asOf, onDocuments?.lastLook(recipe, one.subject.id)));
  const all = onDocuments === undefined ? timely : holdBack(timely);
  const planned = all.filter(({ subject }) => isWanted(subject.id));
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
      : settled.missing(listed, roster.asks).filter((id) => standing.has(id)).length;
  const brakes = [
    ...(watched === undefined ? [] : listingBrakes(looked, watched, context.recipe)),
    ...goneBrakes(gone, { ...roster, standing: standing.size }),
  ];
  return {
    looked: each,
    planned,
    brakes,
    async write(desk) {
      const ready = await createCustomers({ ...facts, planned }, desk);
      const standing = await writeDocuments(ready, facts, desk);
      await followUpDocuments(standing, desk);
      await desk.guard.hold();
      const { asks } = roster;
      const got = asks === undefined ? undefined : { asks, ids: listed.map(({ id }) => id) };
      await ports.store.commit(desk.guard.lease, settled.remember(planned, got));
    },
  };
}
