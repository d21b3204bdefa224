import type { BillingJob } from '../sync/billing/billing-job.ts';
import { type TimeRecipe, timeJob } from '../sync/billing/time-job.ts';
import type { BillingInput } from './billing-input.ts';
import type { TimeEntriesRecipe } from './time-entries.ts';

type TimeInput = Omit<BillingInput<TimeEntriesRecipe>, 'books'>;

/** The recipe made ready to run. */
export function prepareTimeEntries(input: TimeInput): BillingJob {
  const { recipe, map, source } = input;
  const { approval, cutOver } = recipe;
  const { 'xero-projects': entries, payroll } = recipe.destinations;
  return timeJob({
    recipe: recipe.name,
    map,
    source,
    cutOver,
    ...(recipe.projects === undefined ? {} : { projects: recipe.projects }),
    ...(entries === undefined ? {} : { timeEntries: timeEntriesOf(entries, input) }),
    ...(payroll === undefined
      ? {}
      : {
          payroll: {
            options: {
              approval,
              cutOver,
              ...(payroll.earningsRate === undefined ? {} : { earningsRate: payroll.earningsRate }),
            },
            ...(payroll.timesheets === undefined ? {} : { timesheets: payroll.timesheets }),
            open: input.payroll,
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
