import type { Instant } from '../../model/instant.ts';
import type { ListedRecord } from '../../ports/billing-source.ts';
import type { DocumentSource } from './document-source.ts';

/** What was modified so late is read whole in every run: listings may lag, and tell a second and not what changed in it. */
const FRESH_MS = 24 * 3_600_000;

/**
 * A record of which only the listing is read. While that says the same, and nothing is to be done for its documents, it
 * is left alone; otherwise it is read whole.
 *
 * @param options all of the recipe that its plan depends on
 */
export function listedSubject(
  { id, modifiedAt, says }: ListedRecord,
  now: Instant,
  options: unknown,
  known: Pick<DocumentSource, 'title' | 'kinds' | 'firstNumber' | 'sources'>,
  whole: NonNullable<DocumentSource['whole']>,
): DocumentSource {
  let read: ReturnType<typeof whole> | undefined;
  const isFresh = modifiedAt === undefined || modifiedAt > now - FRESH_MS;
  return {
    ...known,
    id,
    party: { id: undefined, name: undefined },
    ...(isFresh ? {} : { work: () => JSON.stringify([says, options]) }),
    whole: () => {
      read ??= whole();
      return read;
    },
    plan: () => ({
      subject: id,
      outcome: 'leave',
      proposals: [],
      issues: [],
      remember: [],
      decided: [],
      leftOut: [],
    }),
  };
}
