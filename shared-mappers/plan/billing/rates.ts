import type { AccountMap, Rate } from '../../mapping/account-map.ts';
import { folded, peopleIndex } from '../../mapping/people.ts';
import type { CalendarDate, Currency, DecimalText } from '../../model/billing/money.ts';
import type { Project, TimeLog } from '../../model/billing/project-work.ts';

/** The price of an hour of a log by its person, task, project, role and day; undefined where no row covers it. */
export type RateTable = (log: TimeLog, project: Project, currency: Currency) => DecimalText | undefined;

/** Sorts the rows once, the most specific first: the first that fits wins. */
export function rateTable({ rates = [], people }: Pick<AccountMap, 'rates' | 'people'>): RateTable {
  const rows = rates.map(rowOf).sort(moreSpecificFirst);
  const personOf = peopleIndex(people);
  return (log, project, currency) => {
    const persons = spellings(log.personEmail, log.personId, log.personName);
    const tasks = spellings(log.taskId, log.taskName);
    const projects = spellings(project.id, project.key, project.name);
    const roles = spellings(personOf(log)?.role);
    return rows.find(
      (row) =>
        row.from <= log.date &&
        log.date <= row.until &&
        (row.currency === undefined || row.currency === currency) &&
        fits(row.task, tasks) &&
        fits(row.person, persons) &&
        fits(row.project, projects) &&
        fits(row.role, roles),
    )?.rate;
  };
}

interface Row {
  readonly rate: DecimalText;
  readonly currency: Currency | undefined;
  readonly from: CalendarDate;
  readonly until: CalendarDate;
  readonly task: string | undefined;
  readonly person: string | undefined;
  readonly project: string | undefined;
  readonly role: string | undefined;
}

function rowOf({ rate, currency, from, until, task, person, project, role }: Rate): Row {
  return {
    rate,
    currency,
    from: from ?? '0000-01-01',
    until: until ?? '9999-12-31',
    task: task === undefined ? undefined : folded(task),
    person: person === undefined ? undefined : folded(person),
    project: project === undefined ? undefined : folded(project),
    role: role === undefined ? undefined : folded(role),
  };
}

/** A task outweighs whatever else is named, a person the project and the role, a currency only breaks ties. */
function moreSpecificFirst(a: Row, b: Row): number {
  return weight(b) - weight(a) || (a.from === b.from ? 0 : a.from > b.from ? -1 : 1);
}

function weight({ task, person, project, role, currency }: Row): number {
  const bits = [task, person, project, role, currency];
  return bits.reduce((sum: number, named) => sum * 2 + (named === undefined ? 0 : 1), 0);
}

function fits(wanted: string | undefined, names: readonly string[]): boolean {
  return wanted === undefined || names.includes(wanted);
}

function spellings(...names: readonly (string | undefined)[]): string[] {
  return names.filter((name) => name !== undefined).map(folded);
}
