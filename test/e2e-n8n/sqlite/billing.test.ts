import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { activate, itemsOf, listExecutions, readExecution, waitFor } from '../n8n/workflows.ts';
import { answerForm } from './answer-form.ts';
import { OneN8n } from './one-n8n.ts';

let n8n: OneN8n;
beforeAll(async () => {
  n8n = await OneN8n.open();
});
afterAll(() => n8n?.[Symbol.asyncDispose]());

test('the template of milestones invoices what is completed once, and asks a person about what was logged later', async () => {
  const { milestone, task } = await enterMilestone();
  const workflowId = await n8n.importTemplate('milestone-invoice');
  await activate(n8n.client, workflowId);
  await actInZoho('close-milestone', { milestone });
  await waitFor('the invoice', async () => ((await readInvoices()).length > 0 ? true : undefined), 200_000);
  const first = await readInvoices();

  await n8n.systems.admin('POST', 'xero/authorise', { invoice: `ZP-${milestone}` });
  await actInZoho('reopen-milestone', { milestone });
  await enterLog(task, '01:00');
  await actInZoho('close-milestone', { milestone });
  const asked = await waitFor('the later hour to wait for a person', () => firstAsked(workflowId), 200_000);
  await n8n.restart();
  await answerForm(asked.link, 'Bill it on the next document');
  const both = await waitFor('the second invoice', whenTwoInvoices, 200_000);

  expect(first).toStrictEqual([{ InvoiceNumber: `ZP-${milestone}`, Status: 'DRAFT', Total: 385 }]);
  expect(asked.issues).toMatchObject({ code: 'DOCUMENT_CLOSED', documentNumber: `ZP-${milestone}` });
  expect(both).toStrictEqual([
    { InvoiceNumber: `ZP-${milestone}`, Status: 'AUTHORISED', Total: 385 },
    { InvoiceNumber: expect.stringContaining(milestone), Status: 'DRAFT', Total: 165 },
  ]);
}, 900_000);

test('the template of expenses books what is recorded once, and tells of what has no account', async () => {
  const travel = await enterExpense('Travel Expense', '110.00');
  const workflowId = await n8n.importTemplate('expenses');
  await activate(n8n.client, workflowId);
  const booked = async (): Promise<Invoice[]> =>
    (await readInvoices()).filter(({ InvoiceNumber }) => InvoiceNumber === `ZE-${travel}`);
  await waitFor('the bill', async () => ((await booked()).length > 0 ? true : undefined), 200_000);

  const parking = await enterExpense('Parking', '20.00');
  const told = await waitFor('the message', () => firstTold(workflowId), 200_000);

  expect(await booked()).toStrictEqual([{ InvoiceNumber: `ZE-${travel}`, Status: 'DRAFT', Total: 110 }]);
  expect(told).toStrictEqual({ message: expect.stringMatching(/Parking/) });
  expect((await readInvoices()).map(({ InvoiceNumber }) => InvoiceNumber)).not.toContain(`ZE-${parking}`);
}, 600_000);

const made = z.object({ id: z.string() });

async function enter(system: string, object: string, values: object): Promise<string> {
  return made.parse(await n8n.systems.admin('POST', 'records', { system, object, values })).id;
}

function actInZoho(action: string, values: object): Promise<unknown> {
  return n8n.systems.admin('POST', `zoho-projects/${action}`, values);
}

/** An open milestone with 2:20 hours of approved work. */
async function enterMilestone(): Promise<{ readonly milestone: string; readonly task: string }> {
  await enter('zoho-projects', 'users', { name: 'Ann Lee', email: 'ann@agency.test' });
  const project = await enter('zoho-projects', 'projects', {
    name: 'Website',
    group: 'Consulting',
    client: { id: '4711', name: 'Ridgeway Bank' },
  });
  const milestone = await enter('zoho-projects', 'milestones', { project, name: 'Design' });
  const task = await enter('zoho-projects', 'tasks', { project, milestone, name: 'Wireframes' });
  await enterLog(task, '02:20');
  return { milestone, task };
}

/** Today's, approved, by somebody at 150 an hour. */
function enterLog(task: string, hours: string): Promise<string> {
  const date = new Date().toISOString().slice(0, 10);
  return enter('zoho-projects', 'logs', {
    task,
    date,
    hours,
    owner: 'ann@agency.test',
    approval: 'Approved',
  });
}

/** Today's, without tax, of a project of its own. */
async function enterExpense(account: string, amount: string): Promise<string> {
  const books = (collection: string, values: object) => enter('zoho-books', collection, values);
  const customer = await books('contacts', { contact_name: `Customer for ${account}` });
  const vendor = await books('contacts', { contact_name: `Vendor for ${account}`, contact_type: 'vendor' });
  return await books('expenses', {
    date: new Date().toISOString().slice(0, 10),
    account_id: await books('accounts', { account_name: account }),
    amount,
    vendor_id: vendor,
    project_id: await books('projects', { project_name: `Project for ${account}`, customer_id: customer }),
  });
}

const invoice = z.object({ InvoiceNumber: z.string(), Status: z.string(), Total: z.coerce.number() });
type Invoice = z.infer<typeof invoice>;
const listing = z.object({ records: z.array(invoice) });

async function readInvoices(): Promise<Invoice[]> {
  const found = await n8n.systems.admin('GET', 'records?system=xero&object=invoices&limit=100');
  return listing
    .parse(found)
    .records.toSorted((one, other) => one.InvoiceNumber.localeCompare(other.InvoiceNumber));
}

async function whenTwoInvoices(): Promise<Invoice[] | undefined> {
  const found = await readInvoices();
  return found.length === 2 ? found : undefined;
}

const question = z.looseObject({ link: z.string(), issues: z.looseObject({ code: z.string() }) });

async function firstAsked(workflowId: string) {
  const [waiting] = await listExecutions(n8n.client, { workflowId, status: 'waiting' });
  if (waiting === undefined) return undefined;
  return question.parse(itemsOf(await readExecution(n8n.client, waiting.id), 'Link for a person')[0]);
}

async function firstTold(workflowId: string) {
  for (const { id } of await listExecutions(n8n.client, { workflowId, status: 'success' })) {
    const [told] = itemsOf(await readExecution(n8n.client, id), 'What to tell');
    if (told !== undefined) return told;
  }
  return undefined;
}
