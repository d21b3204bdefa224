import type { CallLog } from '@stackbridge/sandbox/calls.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { Cast } from './cast.ts';
import { type Difference, differences } from './difference.ts';
import type { ParkedExpectation, RecordExpectation, WorldExpectation } from './expectation.ts';
import type { CrmOrMail, Screens } from './screens.ts';

/** Everything about both systems that is not as a scenario says. */
export function checkRecords(expected: WorldExpectation, screens: Screens, cast: Cast): Difference[] {
  const found: Difference[] = [];
  const counted = new Map(Object.entries(expected.counts ?? {}));
  for (const system of ['salesforce', 'mailchimp'] as const) {
    for (const [collection, people] of Object.entries(expected[system] ?? {})) {
      for (const [name, record] of Object.entries(people))
        found.push(...checkRecord({ system, collection, name, expected: record }, screens, cast));
      const listed = Object.values(people).filter((record) => typeof record !== 'string').length;
      if (!counted.has(collection)) counted.set(collection, listed);
    }
  }
  for (const [collection, count] of counted) {
    const system = isAudience(collection, screens) ? 'mailchimp' : 'salesforce';
    const live = screens.show(system, collection).filter(({ isGone }) => !isGone);
    if (live.length !== count) {
      const who = live.map(({ id }) => cast.nameOf(id) ?? id);
      found.push({
        of: `${system} ${collection}: records`,
        expected: count,
        actual: who.length > 12 ? live.length : `${live.length}: ${who.join(', ')}`,
      });
    }
  }
  return found;
}

interface RecordCheck {
  readonly system: CrmOrMail;
  readonly collection: string;
  readonly name: string;
  readonly expected: RecordExpectation;
}

function checkRecord(
  { system, collection, name, expected }: RecordCheck,
  screens: Screens,
  cast: Cast,
): Difference[] {
  const of = `${system} ${collection} ${name}`;
  const place = cast.in(collection, name);
  const shown = place === undefined ? undefined : screens.show(system, collection, [place.id])[0];
  const state = shown === undefined ? 'gone' : shown.isGone ? goneIn(system) : 'there';
  if (typeof expected === 'string') {
    const isAsSaid = expected === state || (expected === 'deleted' && state === 'gone');
    return isAsSaid ? [] : [{ of, expected, actual: state }];
  }
  if (shown === undefined || state !== 'there') return [{ of, expected, actual: state }];
  return differences(of, expected, shown.values);
}

function goneIn(system: CrmOrMail): string {
  return system === 'salesforce' ? 'deleted' : 'archived';
}

function isAudience(collection: string, screens: Screens): boolean {
  try {
    return screens.audience(collection) !== undefined;
  } catch {
    return false;
  }
}

/** How often each operation was asked for since the beginning. */
export function checkRequests(expected: WorldExpectation['requests'], calls: CallLog): Difference[] {
  return Object.entries(expected ?? {}).flatMap(([system, operations]) =>
    Object.entries(operations ?? {}).flatMap(([operation, n]) => {
      const actual = calls.total(system, operation);
      return actual === n ? [] : [{ of: `requests.${system}.${operation}`, expected: n, actual }];
    }),
  );
}

/** Compares one list of what is parked: everything expected is there, and nothing else. */
export function checkParked(
  kind: Parked['kind'],
  expected: readonly ParkedExpectation[],
  parked: readonly Parked[],
  cast: Cast,
): Difference[] {
  const actual = parked
    .filter((row) => row.kind === kind)
    .map(({ code, fields, message, ...row }) => ({ of: whose(row, cast), code, fields, message }));
  const open = [...actual];
  const missing = expected.filter((wanted) => {
    const at = open.findIndex(
      ({ of, code, fields }) =>
        of.has(wanted.of) &&
        code === wanted.code &&
        (wanted.fields === undefined || differences('', wanted.fields, fields).length === 0),
    );
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
  if (missing.length === 0 && open.length === 0) return [];
  const shown = actual.map(({ of, ...row }) => ({ of: [...of].join(' or '), ...row }));
  return [{ of: LISTS[kind], expected, actual: shown }];
}

const LISTS: Readonly<Record<Parked['kind'], string>> = {
  conflict: 'conflicts',
  failure: 'failures',
  terminal: 'terminal',
};

function whose(row: Pick<Parked, 'subject' | 'leftId' | 'rightId'>, cast: Cast): Set<string> {
  const ids = [row.leftId, row.rightId, row.subject.replace(/^left:/, '')];
  const names = ids.flatMap((id) => (id === undefined ? [] : (cast.nameOf(id) ?? [])));
  return new Set(names.length > 0 ? names : [row.subject]);
}
