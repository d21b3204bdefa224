import type { BillingJob } from '../sync/billing/billing-job.ts';
import { type TimeRecipe, timeJob, timesheetsNeedStore } from '../sync/billing/time-job.ts';
import type { BillingInput } from './billing-input.ts';
import type { TimeEntriesRecipe } from './time-entries.ts';

/** A host that keeps no store opens no payroll. */
type TimeInput = Omit<BillingInput<TimeEntriesRecipe>, 'books' | 'payroll'> &
  Partial<Pick<BillingInput<TimeEntriesRecipe>, 'payroll'>>;

/** The recipe made ready to run. @throws StackbridgeError for timesheets where no payroll can be opened */
export function prepareTimeEntries(input: TimeInput): BillingJob {
  const { recipe, map, source, payroll: open } = input;
  const { approval, cutOver } = recipe;
  const { 'xero-projects': entries, payroll } = recipe.destinations;
  if (payroll !== undefined && open === undefined) throw timesheetsNeedStore();
  return timeJob({
    recipe: recipe.name,
    map,
    source,
    cutOver,
    ...(recipe.projects === undefined ? {} : { projects: recipe.projects }),
    ...(entries === undefined ? {} : { timeEntries: timeEntriesOf(entries, input) }),
    ...(payroll === undefined || open === undefined
      ? {}
      : {
          payroll: {
            options: {
              approval,
              cutOver,
              ...(payroll.earningsRate === undefined ? {} : { earningsRate: payroll.earningsRate }),
            },
            ...(payroll.timesheets === undefined ? {} : { timesheets: payroll.timesheets }),
            open,
          },
        }),
    deletes: recipe.brakes.deletes,
  });
}

function timeEntriesOf(
  { create, nonBillable, taskName, text }: NonNullable<TimeEntriesRecipe['destinations']['xero-projects']>,
  { recipe: { approval, cutOver }, time }: TimeInput,
): NonNullable<TimeRecipe['timeEntries']> {
  return {
    options: {
      approval,
      cutOver,
      nonBillable,
      create: { projects: create.includes('projects'), tasks: create.includes('tasks') },
      taskName,
      text,
    },
    createsContacts: create.includes('contacts'),
    target: time,
  };
}
