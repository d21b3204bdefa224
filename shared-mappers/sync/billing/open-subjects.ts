import { inParallel } from '../../http/in-parallel.ts';
import type { PlanningDesk } from './billing-job.ts';
import type { DocumentWork } from './document-job.ts';
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

/** Finds out which subjects are settled, and reads the others whole. */
export async function openSubjects(
  { subjects: all, entries }: Pick<DocumentWork, 'subjects' | 'entries'>,
  { ports, context, isWanted, looksAtAll = false }: PlanningDesk,
): Promise<OpenedSubjects> {
  const wanted = all.filter(({ id }) => isWanted(id));
  const settled = await SettledSubjects.read(ports, context);
  const knownOf = await ledgerFacts(wanted, entries, context, ports);
  if (!looksAtAll) await settled.find(wanted, knownOf);
  if (wanted.every(({ whole }) => whole === undefined)) return { subjects: wanted, knownOf, settled };

  const read = await inParallel(wanted, AT_ONCE, async (subject) =>
    subject.whole === undefined || settled.has(subject) ? subject : subject.whole(),
  );
  const subjects = read.filter((subject) => subject !== undefined);
  // Only the whole of it tells all of its sources.
  const found = await ports.ledger.entries(
    context.scope,
    subjects.flatMap(({ sources }) => sources),
  );
  return { subjects, knownOf: await ledgerFacts(subjects, found, context, ports), settled };
}
