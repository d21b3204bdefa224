import { fileURLToPath } from 'node:url';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import { planBilling } from '@stackbridge/shared-mappers/sync/billing/plan-billing.ts';
import { isBilling, readyToRun } from '../commands/ready-to-run.ts';
import type { RecipeRun } from '../commands/recipe-run.ts';
import { syncBillingRecipe } from '../commands/sync-billing.ts';
import type { Session } from '../session.ts';
import { printBilling } from '../show/billing-preview.ts';
import { muted, type Terminal } from '../show/terminal.ts';
import type { AdminClient } from './admin-client.ts';
import { heading } from './story.ts';

const RECIPE = fileURLToPath(new URL('../../recipes/milestones.yaml', import.meta.url));

/** What the demo's billing came to. */
export interface BilledMilestone {
  /** The run that bills, and the one after it. */
  readonly runs: readonly RecipeRun[];
  /** As Xero holds them. */
  readonly invoices: readonly JsonObject[];
  /** Xero's totals are those of the plan, and the second run wrote nothing. */
  readonly toTheCent: boolean;
}

/** A project's milestone closes in Zoho, and ends as the right invoice in Xero. */
export async function billMilestone(
  admin: AdminClient,
  session: Session,
  terminal: Terminal,
): Promise<BilledMilestone> {
  heading('A milestone closes in Zoho Projects', terminal);
  await enterProject(admin);
  terminal.print(
    'Website relaunch for Ridgeway Bank: two people logged 2:20, 7:35 and 0:50, not all of it billable, and there ' +
      'was a train ticket. The milestone Design is closed, and this is what would go to Xero:',
  );

  const [ready] = await readyToRun([RECIPE], session, 'run');
  if (ready === undefined || !isBilling(ready)) throw new Error(`${RECIPE} is no billing recipe`);
  const planned = await planBilling(ready.billing, ready.ports);
  printBilling(planned, 1, terminal);
  const totals = planned.planned.flatMap(({ preview }) => {
    const document = preview();
    return document !== undefined && 'total' in document ? [document.total] : [];
  });

  const runs: RecipeRun[] = [];
  for (let n = 0; n < 2; n++) {
    const run = await syncBillingRecipe(ready, session, muted(terminal));
    if (run.error !== undefined) throw run.error;
    runs.push(run);
  }
  const invoices = await admin.records({ system: 'xero', list: 'invoices' });
  const held = invoices.map(({ Total }) => Number(Total).toFixed(2));
  const wroteAgain = runs[1]?.summary.writes.xero ?? 0;
  const toTheCent = held.length > 0 && held.join() === totals.join() && wroteAgain === 0;
  heading('The invoice as Xero holds it', terminal);
  for (const { InvoiceNumber, Status, Total, CurrencyCode } of invoices)
    terminal.print(
      `${String(InvoiceNumber)}  ${String(Status)}  ${String(CurrencyCode)} ${Number(Total).toFixed(2)}`,
    );
  const { paint } = terminal;
  terminal.print(
    toTheCent
      ? paint.green("To the cent what was planned, by Xero's own arithmetic. Run again: nothing written.")
      : paint.red('Not what was planned: this is a bug.'),
  );
  return { runs, invoices, toTheCent };
}

async function enterProject({ enter, act }: AdminClient): Promise<void> {
  const inProjects = (collection: string, values: object): Promise<string> =>
    enter('zoho-projects', collection, values);
  const inBooks = (collection: string, values: object): Promise<string> =>
    enter('zoho-books', collection, values);

  await inProjects('users', { name: 'Grace Obi', email: 'grace@agency.test' });
  await inProjects('users', { name: 'Tom Adler', email: 'tom@agency.test' });
  const client = { id: '460000000026049', name: 'Ridgeway Bank' };
  const project = await inProjects('projects', { name: 'Website relaunch', group: 'Website', client });
  const milestone = await inProjects('phases', { project, name: 'Design' });
  const wireframes = await inProjects('tasks', { project, milestone, name: 'Wireframes' });
  const layout = await inProjects('tasks', { project, milestone, name: 'Layout' });

  const today = Date.now();
  const day = (back: number): string => new Date(today - back * 86_400_000).toISOString().slice(0, 10);
  const log = (
    task: string,
    hours: string,
    owner: string,
    bill_status: 'Billable' | 'Non Billable',
  ): Promise<string> =>
    inProjects('logs', { task, hours, owner, bill_status, date: day(3), approval: 'Approved' });
  await log(wireframes, '02:20', 'grace@agency.test', 'Billable');
  await log(layout, '07:35', 'tom@agency.test', 'Billable');
  await log(layout, '00:50', 'tom@agency.test', 'Non Billable');

  const customer = await inBooks('contacts', {
    contact_name: client.name,
    contact_type: 'customer',
    email: '',
  });
  const account = await inBooks('accounts', {
    account_name: 'Travel Expense',
    account_code: '6100',
    account_type: 'expense',
  });
  const booked = await inBooks('projects', {
    project_name: 'Website relaunch',
    customer_id: customer,
    rate: '150.00',
  });
  await inBooks('expenses', {
    date: day(2),
    account_id: account,
    amount: '42.10',
    description: 'Return ticket to the client',
    is_billable: true,
    customer_id: customer,
    project_id: booked,
  });
  await act('zoho-projects', 'close-milestone', { milestone });
}
