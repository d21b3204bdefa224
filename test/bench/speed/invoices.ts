import { planMilestoneInvoice } from '@stackbridge/shared-mappers/plan/billing/plan-milestone-invoice.ts';
import { BillingWorld, milestone, PROJECT, timeLog } from '../../support/billing-world.ts';
import type { Measurement, Yardstick } from '../measurement.ts';
import { compare, medianOf } from './rounds.ts';

/** 10,000 invoices in 2 seconds. */
const RATE: Yardstick = {
  id: 'speed.invoices',
  what: 'building and checking an invoice of 10 lines',
  unit: 'records/s',
  target: 5000,
  good: 'at least',
};

export const INVOICE_ROWS: readonly Yardstick[] = [RATE];

const INVOICES = 1000;
const LINES = 10;
const NOTHING_KNOWN = { entries: [], memories: [], held: [], decisions: [] };

/** From a milestone's logs to the document, its fingerprint and the ledger's part in it. */
export async function measureInvoices(): Promise<Measurement[]> {
  const { context } = new BillingWorld({ groupBy: 'none' });
  const works = Array.from({ length: INVOICES }, (_, at) => ({
    project: PROJECT,
    milestone: milestone(`m${at}`),
    logs: Array.from({ length: LINES }, (_, line) => logOf(at, line)),
    expenses: [],
  }));
  const planAll = (): number =>
    works.filter((work) => {
      const { write } = planMilestoneInvoice(work, { id: 'contact' }, NOTHING_KNOWN, context);
      return write?.document.lines.length === LINES;
    }).length;

  const planned = planAll();
  if (planned !== INVOICES) throw new Error(`${planned} of ${INVOICES} invoices are planned`);
  const rates = await compare({ invoices: { records: INVOICES, run: planAll } });
  return [medianOf(RATE, rates('invoices'))];
}

function logOf(at: number, line: number): ReturnType<typeof timeLog> {
  return timeLog(`${at}-${line}`, {
    minutes: 20 + ((at * 7 + line * 13) % 400),
    notes: `Round ${line}`,
    date: `2026-03-${String(1 + ((line * 7 + at) % 28)).padStart(2, '0')}`,
    personEmail: line % 2 === 0 ? 'ada@example.test' : 'grace@example.test',
  });
}
