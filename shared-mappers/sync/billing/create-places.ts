import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { BillingIssue } from '../../plan/billing/billing-issue.ts';
import type { TimeEntryPlans, TimeNeed, TimeState } from '../../plan/billing/time-facts.ts';
import type { AccountsProject, AccountsTask, TimeTarget } from '../../ports/xero-projects.ts';
import type { WritingDesk } from './billing-job.ts';
import type { Customers } from './customers.ts';

export interface PlacesDesk {
  readonly customers: Customers;
  readonly target: TimeTarget;
  readonly planWith: (state: TimeState) => TimeEntryPlans;
}

/**
 * Creates the contacts, projects and tasks that entries are about to name, and plans once more with the ids they got.
 * What is refused parks the entries that need it. Where a run breaks off, the next one finds by name what is there.
 */
export async function createPlaces(
  first: TimeEntryPlans,
  before: TimeState,
  places: PlacesDesk,
  desk: WritingDesk,
): Promise<TimeEntryPlans> {
  const projects = [...before.projects];
  const tasks = [...before.tasks];
  const refusals = new Map<string, BillingIssue>();
  let plans = first;
  // A task is created on its project: only then its need names a project that is there.
  for (const kind of ['project', 'task'] as const) {
    const needs = plans.needs.filter(({ need }) => need === kind);
    if (needs.length === 0) continue;
    for (const need of needs) {
      const made = await create(need, places, desk, refusals);
      if (made === undefined) continue;
      desk.writes.xero++;
      if ('projectId' in made) tasks.push(made);
      else projects.push(made);
    }
    plans = places.planWith({ ...before, projects, tasks, refusals });
  }
  return plans;
}

async function create(
  need: TimeNeed,
  { customers, target }: PlacesDesk,
  { guard, ports, writes }: WritingDesk,
  refusals: Map<string, BillingIssue>,
): Promise<AccountsProject | AccountsTask | undefined> {
  await guard.hold();
  try {
    if (need.need === 'task') return await target.createTask(need);
    const { create: contact } = customers.of(need.party);
    if (contact !== undefined) {
      const [result] = await ports.target.createContacts([contact]);
      if (result?.outcome !== 'written') throw result?.error;
      writes.xero++;
      customers.add({ ...result.contact, number: contact.number, active: true });
    }
    const { contact: found } = customers.of(need.party);
    if ('issue' in found) {
      refusals.set(need.id, found.issue);
      return undefined;
    }
    return await target.createProject({ name: need.name, contactId: found.id });
  } catch (error) {
    if (!(error instanceof StackbridgeError) || error.class !== 'Rejected') throw error;
    refusals.set(need.id, { kind: 'failure', code: error.code, message: error.message });
    return undefined;
  }
}
