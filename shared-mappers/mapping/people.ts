import type { TimeLog } from '../model/billing/project-work.ts';
import type { AccountMap, Person } from './account-map.ts';

/** How the map knows a person: by e-mail address, name or id of the project tool, capitals aside. */
export type PeopleIndex = (
  log: Pick<TimeLog, 'personId' | 'personEmail' | 'personName'>,
) => Person | undefined;

export function peopleIndex(people: AccountMap['people'] = {}): PeopleIndex {
  const byName = new Map(Object.entries(people).map(([name, person]) => [folded(name), person]));
  return ({ personId, personEmail, personName }) =>
    byName.get(folded(personEmail ?? '')) ?? byName.get(folded(personId)) ?? byName.get(folded(personName));
}

/** Under which name the map knows a person, or would. */
export function nameInMap(
  people: AccountMap['people'] = {},
  { personId, personEmail, personName }: Pick<TimeLog, 'personId' | 'personEmail' | 'personName'>,
): string {
  const names = new Map(Object.keys(people).map((name) => [folded(name), name]));
  const known = [personEmail ?? '', personId, personName].map((name) => names.get(folded(name)));
  return known.find((name) => name !== undefined) ?? personEmail ?? personName;
}

/** Names are compared without regard to capitals and outer blanks. */
export function folded(name: string): string {
  return name.trim().toLowerCase();
}
