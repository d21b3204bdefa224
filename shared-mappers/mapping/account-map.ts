import type { Tracking } from '../model/billing/document.ts';
import type { CalendarDate, Currency, DecimalText } from '../model/billing/money.ts';

/**
 * How the words of the project tool and of the books become accounts: a file of its own, shared by the billing
 * recipes. Names are as a person reads them; ids work as well where a system has both.
 */
export interface AccountMap {
  /** Where billable hours go whose project has no category of its own here. */
  readonly time?: LineTarget;
  /** Where agreed amounts of milestones go; `time` where absent. */
  readonly fixed?: LineTarget;
  /** By project category; a category that is not listed parks its documents. */
  readonly categories?: Readonly<Record<string, LineTarget>>;
  /** By expense account of the books. */
  readonly expenses?: Readonly<Record<string, ExpenseTarget>>;
  /** By name, or id, of a tax of the books. */
  readonly taxes?: Readonly<Record<string, TaxTarget>>;
  readonly rates?: readonly Rate[];
  /** By e-mail address, or id of the project tool's user. */
  readonly people?: Readonly<Record<string, Person>>;
  readonly tracking?: readonly TrackingRule[];
  /** Account that paid, as the books name it -> code or id of a bank account. */
  readonly paidThrough?: Readonly<Record<string, string>>;
  /** By account of the books' invoice lines; for the recipe zoho-invoice. */
  readonly sales?: Readonly<Record<string, LineTarget>>;
}

export interface LineTarget {
  /** Code of an account. */
  readonly account: string;
  /** Tax type, or name of a tax rate; the account's own where absent. */
  readonly tax?: string;
  readonly tracking?: Readonly<Record<string, string>>;
}

/** An expense is booked as a cost, and charged to the customer where it is billable. */
export interface ExpenseTarget extends LineTarget {
  /** Where the charge goes on the customer's invoice; absent: it cannot be charged. */
  readonly charge?: LineTarget;
}

/** A tax of the books has a tax type for what is sold and one for what is bought. */
export interface TaxTarget {
  readonly sales?: string;
  readonly purchases?: string;
}

/**
 * What an hour costs. The most specific row wins: task before person before project before role; among equals the
 * one valid from the later date.
 */
export interface Rate {
  /** E-mail address, name or id. */
  readonly person?: string;
  /** Name or id. */
  readonly task?: string;
  /** Name, key or id. */
  readonly project?: string;
  /** As `people` gives it. */
  readonly role?: string;
  /** First day; open where absent. */
  readonly from?: CalendarDate;
  /** Last day; open where absent. */
  readonly until?: CalendarDate;
  /** Per hour, up to 4 places, without tax where amounts are exclusive. */
  readonly rate: DecimalText;
  /** For documents in this currency only; any where absent. */
  readonly currency?: Currency;
}

export interface Person {
  readonly role?: string;
  /** User of the accounts who the time entries belong to: e-mail address or id. */
  readonly user?: string;
  /** Payroll employee: e-mail address or id. */
  readonly employee?: string;
  /** Payroll earnings rate by name or id. */
  readonly earningsRate?: string;
  /** Contact that the person's own expenses are owed to. */
  readonly contact?: string;
}

/** Which option of a tracking category a line carries. */
export interface TrackingRule {
  readonly category: string;
  readonly by: 'project' | 'project-category' | 'person' | 'milestone' | 'customer';
  /** Name -> option; the name itself where it is not listed and `same` is set. */
  readonly options?: Readonly<Record<string, string>>;
  readonly same?: boolean;
  /** Option for what is not listed; no tracking where absent. */
  readonly otherwise?: string;
}

export interface TrackingFacts {
  readonly project?: string | undefined;
  readonly projectCategory?: string | undefined;
  readonly person?: string | undefined;
  readonly milestone?: string | undefined;
  readonly customer?: string | undefined;
}

/** The tracking of a line: what its target says, then the rules for categories the target does not name. */
export function trackingOf(map: AccountMap, target: LineTarget, facts: TrackingFacts): Tracking[] {
  const found = new Map(Object.entries(target.tracking ?? {}));
  for (const rule of map.tracking ?? []) {
    if (found.has(rule.category)) continue;
    const name = factOf(rule.by, facts);
    const listed = name === undefined ? undefined : ownEntry(rule.options, name);
    const option = listed ?? (rule.same === true ? name : undefined) ?? rule.otherwise;
    if (option !== undefined) found.set(rule.category, option);
  }
  return [...found].map(([category, option]) => ({ category, option }));
}

function factOf(by: TrackingRule['by'], facts: TrackingFacts): string | undefined {
  return by === 'project-category' ? facts.projectCategory : facts[by];
}

/** An entry of a map file; never what every object inherits. */
export function ownEntry<Value>(
  entries: Readonly<Record<string, Value>> | undefined,
  name: string,
): Value | undefined {
  return entries !== undefined && Object.hasOwn(entries, name) ? entries[name] : undefined;
}

/** The map with its taxes filed under the books' ids as well, where it names them. */
export function withTaxIds(
  map: AccountMap,
  taxes: readonly { readonly id: string; readonly name: string }[],
): AccountMap {
  const named = taxes.flatMap(({ id, name }) => {
    const target = ownEntry(map.taxes, id) ?? ownEntry(map.taxes, name);
    return target === undefined ? [] : [[id, target] as const];
  });
  return { ...map, taxes: { ...map.taxes, ...Object.fromEntries(named) } };
}
