import { z } from 'zod';
import type { DocumentKind, HeldDocument } from '../../model/billing/document.ts';
import { fingerprint } from '../../model/fingerprint.ts';
import type { Instant } from '../../model/instant.ts';
import type { JsonObject } from '../../model/json.ts';
import { turnOf } from '../../plan/billing/document-number.ts';
import { fingerprintOfDocument } from '../../plan/billing/fingerprint-of-document.ts';
import type { BillingContext, BillingState } from '../../plan/billing/milestone-facts.ts';
import { measureOf, sourceKey } from '../../plan/billing/source-key.ts';
import type { StoreChange } from '../../ports/store.ts';
import type { BillingPorts } from './billing-job.ts';
import type { DocumentSource } from './document-source.ts';
import type { PlannedDocument } from './planned-document.ts';

const HOUR_MS = 3_600_000;
/** Clocks differ, and a listing of changes may lag: what changed in so much time before the last look is seen again. */
const OVERLAP_MS = 24 * HOUR_MS;
/** So often every document is looked up all the same. */
const FULL_LOOK_MS = 7 * 24 * HOUR_MS;

/** What was found when a subject was last looked at and nothing was to be done. */
const base = z.object({
  /** Keyed fingerprint of its work and of all that decides what becomes of it. */
  print: z.string(),
  outcome: z.enum(['leave', 'excluded']),
  /** Why nothing of it was due. */
  because: z.string().exactOptional(),
});
type Base = z.infer<typeof base>;

const memory = z.object({
  /** From before the first look-up of the run that wrote it. */
  at: z.number(),
  /** When all documents were last looked up. */
  wholeAt: z.number(),
  bases: z.record(z.string(), base),
  /** What the recipe asked for in that run, and what it got. */
  roster: z.object({ asks: z.string(), ids: z.array(z.string()) }).exactOptional(),
});
type Memory = z.infer<typeof memory>;

type Known = Omit<BillingState, 'held'>;

/** A subject of which nothing has changed but, perhaps, its documents. */
interface Candidate {
  readonly subject: DocumentSource;
  readonly known: Known;
  readonly base: Base;
}

/**
 * The subjects that are at their base: neither their work, nor the ledger, nor one of their documents has changed since
 * they were last looked at and left alone. Their documents need not be looked up. Looking at one too many costs a call,
 * so whatever is in doubt is looked at: unanswered writes, decisions, what is parked, what changed within a day.
 */
export class SettledSubjects {
  readonly #ports: BillingPorts;
  readonly #context: BillingContext;
  readonly #common: string;
  #memory: Memory | undefined;
  #before: Memory | undefined;
  #parked: ReadonlySet<string> = new Set();
  readonly #prints = new Map<string, string>();
  readonly #settled = new Map<string, Base>();

  private constructor(ports: BillingPorts, context: BillingContext) {
    this.#ports = ports;
    this.#context = context;
    this.#common = fingerprint(context.key, JSON.stringify([context.map, context.chart]));
  }

  static async read(ports: BillingPorts, context: BillingContext): Promise<SettledSubjects> {
    const settled = new SettledSubjects(ports, context);
    const written = memory.safeParse(await ports.store.memo(nameOf(context))).data;
    // A clock that was set back, or a look at everything that is due, forgets what was known.
    const isUsable =
      written !== undefined && written.at <= context.now && context.now < written.wholeAt + FULL_LOOK_MS;
    if (isUsable) settled.#memory = written;
    settled.#before = written;
    const rows = await ports.store.parked({ recipe: context.recipe });
    settled.#parked = new Set(rows.map(({ subject }) => subject));
    return settled;
  }

  /** Finds out which subjects are settled, by a listing of changed documents where any may be. */
  async find(
    subjects: readonly DocumentSource[],
    knownOf: (subject: DocumentSource) => Known,
  ): Promise<void> {
    const candidates: Candidate[] = [];
    for (const subject of subjects) {
      const known = knownOf(subject);
      const print = this.#printOf(subject, known);
      if (print === undefined) continue;
      this.#prints.set(subject.id, print);
      const before = this.#memory?.bases[subject.id];
      if (before?.print === print && !this.#isInDoubt(subject, known)) {
        candidates.push({ subject, known, base: before });
      }
    }
    if (this.#memory === undefined || candidates.length === 0) return;
    const changed = await this.#changedSince(this.#memory.at, candidates);
    for (const { subject, known, base: before } of candidates) {
      if (!changed.some((document) => concerns(document, subject, known, this.#context))) {
        this.#settled.set(subject.id, before);
      }
    }
  }

  has({ id }: DocumentSource): boolean {
    return this.#settled.has(id);
  }

  /** Whether it is on a list for people. */
  isParked({ id }: DocumentSource): boolean {
    return this.#parked.has(id);
  }

  /** Ids of those that the run before saw and this one does not, although it asks for the same. */
  missing(subjects: readonly DocumentSource[], asks: string): string[] {
    const before = this.#before?.roster;
    if (before?.asks !== asks) return [];
    const seen = new Set(subjects.map(({ id }) => id));
    return before.ids.filter((id) => !seen.has(id));
  }

  /** The plan of a settled subject; undefined for what has to be looked at. */
  planOf(subject: DocumentSource): PlannedDocument | undefined {
    const settled = this.#settled.get(subject.id);
    if (settled === undefined) return undefined;
    const { outcome, because } = settled;
    return {
      subject,
      plan: {
        subject: subject.id,
        outcome,
        proposals: [],
        issues: [],
        remember: [],
        decided: [],
        leftOut: [],
      },
      followUps: [],
      ...(because === undefined ? {} : { because }),
      preview: () => undefined,
    };
  }

  /**
   * What the next run may go by: to be kept once everything planned has been carried out.
   *
   * @param roster what the recipe asked for and got, where what is missing is told by it
   */
  remember(planned: readonly PlannedDocument[], roster: Memory['roster'] | undefined): StoreChange[] {
    const { now } = this.#context;
    const bases: Record<string, Base> = {};
    for (const { subject, plan, because, followUps } of planned) {
      const print = this.#prints.get(subject.id);
      const { outcome, remember, decided } = plan;
      if (print === undefined || remember.length + decided.length + followUps.length > 0) continue;
      if (outcome !== 'leave' && outcome !== 'excluded') continue;
      bases[subject.id] = { print, outcome, ...(because === undefined ? {} : { because }) };
    }
    const wholeAt = this.#memory?.wholeAt ?? now;
    const value: JsonObject = {
      at: now,
      wholeAt,
      bases: { ...bases },
      ...(roster === undefined ? {} : { roster }),
    };
    return [{ kind: 'memo', name: nameOf(this.#context), value }];
  }

  #printOf({ work }: DocumentSource, { entries, memories }: Known): string | undefined {
    if (work === undefined) return undefined;
    const rows = entries.map((entry) => [
      entry.recipe,
      entry.purpose,
      entry.state,
      entry.documentNumber,
      sourceKey(entry.source),
      measureOf(entry.source).toFixed(),
    ]);
    const documents = memories.map(({ number, documentId, sent, settled }) => [
      number,
      documentId ?? '',
      sent ?? '',
      settled === true,
    ]);
    const text = JSON.stringify([
      this.#common,
      work(),
      rows.map(String).sort(),
      documents.map(String).sort(),
    ]);
    return fingerprint(this.#context.key, text);
  }

  #isInDoubt({ id }: DocumentSource, { entries, memories, decisions }: Known): boolean {
    return (
      decisions.length > 0 ||
      this.#parked.has(id) ||
      memories.some(({ pending }) => pending !== undefined) ||
      entries.some(({ state }) => state === 'intended')
    );
  }

  async #changedSince(at: Instant, candidates: readonly Candidate[]): Promise<HeldDocument[]> {
    const kinds = new Set<DocumentKind>(candidates.flatMap(({ subject }) => subject.kinds));
    const lists: HeldDocument[] = [];
    for (const kind of kinds) {
      lists.push(...(await this.#ports.target.documentsChanged(kind, at - OVERLAP_MS)));
    }
    return lists;
  }
}

/** Whether the document is one of the subject's, or may be, and says something else than when it was written. */
function concerns(
  document: HeldDocument,
  { firstNumber, kinds }: DocumentSource,
  { memories }: Known,
  { key }: BillingContext,
): boolean {
  if (!kinds.includes(document.kind)) return false;
  const remembered = memories.find(
    ({ number, documentId }) => documentId === document.id || number === document.number,
  );
  if (remembered === undefined) return turnOf(firstNumber, document.number) !== undefined;
  return remembered.fingerprint !== fingerprintOfDocument(key, document);
}

function nameOf({ scope, recipe }: BillingContext): string {
  return `settled:${scope}:${recipe}`;
}
