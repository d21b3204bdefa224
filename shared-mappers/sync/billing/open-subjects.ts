import { inParallel } from '../../http/in-parallel.ts';
import type { LedgerEntry } from '../../model/billing/ledger.ts';
import type { PlanningDesk } from './billing-job.ts';
import type { DocumentSource } from './document-source.ts';
import { type KnownOf, ledgerFacts } from './ledger-facts.ts';
import { SettledSubjects } from './settled-subjects.ts';

/** The subjects of a run, each read whole but for the settled ones. */
export interface OpenedSubjects {
  readonly subjects: readonly DocumentSource[];
  readonly knownOf: KnownOf;
  readonly settled: SettledSubjects;
}

/** Details read at once: the books' plans allow 5 to 10 calls. */
const AT_ONCE = 4;

/** Finds out which subjects are settled, and reads the others whole. @param entries of their sources, as far as known */
export async function openSubjects(
  listed: readonly DocumentSource[],
  entries: readonly LedgerEntry[],
  { ports, context, looksAtAll = false }: PlanningDesk,
): Promise<OpenedSubjects> {
  const settled = await SettledSubjects.read(ports, context);
  const knownOf = await ledgerFacts(listed, entries, context, ports);
  if (!looksAtAll) await settled.find(listed, knownOf);
  if (listed.every(({ whole }) => whole === undefined)) return { subjects: listed, knownOf, settled };

  const subjects = await readWhole(listed, (subject) => settled.has(subject));
  // Only the whole of it tells all of its sources.
  const found = await ports.ledger.entries(
    context.scope,
    subjects.flatMap(({ sources }) => sources),
  );
  return { subjects, knownOf: await ledgerFacts(subjects, found, context, ports), settled };
}

/** Reads what is only listed, but for what is left as it is. What is gone meanwhile is left out. */
export async function readWhole(
  listed: readonly DocumentSource[],
  isLeft: (subject: DocumentSource) => boolean = () => false,
): Promise<DocumentSource[]> {
  const read = await inParallel(listed, AT_ONCE, async (subject) =>
    subject.whole === undefined || isLeft(subject) ? subject : subject.whole(),
  );
  return read.filter((subject) => subject !== undefined);
}
