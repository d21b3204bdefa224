import type { PersonPlan } from '@stackbridge/shared-mappers/plan/activity/person-plan.ts';
import type { PlannedActivity } from '@stackbridge/shared-mappers/sync/activity/plan-activity.ts';
import { printMore } from './plan-preview.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { count, counted } from './words.ts';

/** What a plan comes to, in a few lines. */
export function printActivityTotals(
  {
    job,
    tally,
    campaigns,
    held,
    brakes,
  }: Pick<PlannedActivity, 'job' | 'tally' | 'campaigns' | 'held' | 'brakes'>,
  terminal: Terminal,
): void {
  const { paint } = terminal;
  const { leads, followUps, owners } = tally.planned;
  const kinds: readonly (readonly [n: number, one: string, many: string])[] = [
    [tally.pending, 'new event', 'new events'],
    [tally.unchanged, 'event carried over before', 'events carried over before'],
    [tally.failed, 'event of somebody unknown', 'events of people unknown'],
    [held.length, 'campaign that waits', 'campaigns that wait'],
    [campaigns.creates.length, 'campaign to create', 'campaigns to create'],
    [leads, 'lead to create', 'leads to create'],
    [followUps, 'follow-up to make', 'follow-ups to make'],
    [owners, 'owner to change', 'owners to change'],
    [tally.planned.creates, 'record to create', 'records to create'],
    [tally.planned.updates, 'record to update', 'records to update'],
  ];
  terminal.print(`${paint.bold(job.recipe)}: Mailchimp campaigns → Salesforce`);
  const rows = kinds.filter(([n]) => n > 0).map(([n, one, many]) => [count(n), n === 1 ? one : many]);
  if (rows.length === 0) terminal.print('  nothing to do');
  else terminal.print(table([{ align: 'right' }, {}], rows));
  for (const { code, message } of held) terminal.print(`${paint.red('failure')}  ${code}  ${message}`);
  for (const { code, message } of brakes) terminal.print(`${paint.red('brake')}  ${code}  ${message}`);
}

/** The first `limit` people with what is written for each. */
export async function printPeople(
  planned: PlannedActivity,
  limit: number,
  terminal: Terminal,
): Promise<void> {
  const { paint } = terminal;
  let shown = 0;
  let total = 0;
  for await (const { person, writes, issue } of plansOf(planned)) {
    if (writes.length === 0 && issue === undefined) continue;
    total++;
    if (shown >= limit) continue;
    shown++;
    terminal.print();
    const record = person.recordId === undefined ? '' : `${person.object} ${person.recordId}`;
    terminal.print(`${paint.bold(person.email)}  ${paint.dim(record)}  ${counted(writes.length, 'write')}`);
    for (const { object, id, why } of writes) {
      terminal.print(`  ${paint.cyan(id === undefined ? 'create' : 'update')}  ${object}  ${why}`);
    }
    if (issue !== undefined) terminal.print(`  ${paint.red('failure')}  ${issue.code}  ${issue.message}`);
  }
  printMore(shown, total, terminal);
}

const PAGE = 500;

export async function* plansOf({ scratch }: Pick<PlannedActivity, 'scratch'>): AsyncGenerator<PersonPlan> {
  let position = 0;
  for (;;) {
    const page = await scratch.personPlans(position, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    for (const { plan } of page) yield plan;
    position = last.position;
  }
}

/** One person of a plan, for programs. */
export function personAsJson({ person, events, writes, followUps, issue }: PersonPlan): object {
  return {
    person: { id: person.recordId, object: person.object },
    events: events.map(({ event, outcome, because }) => ({
      key: event.key,
      kind: event.kind,
      campaign: event.campaignId,
      outcome,
      because,
    })),
    writes: writes.map(({ object, id, key, payload, why }) => ({ object, id, key, payload, why })),
    followUps: followUps.map(({ threshold }) => threshold),
    issue,
  };
}
