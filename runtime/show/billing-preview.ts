import type { InvoicePreview } from '@stackbridge/shared-mappers/plan/billing/invoice-preview.ts';
import type { TimeEntryPreview } from '@stackbridge/shared-mappers/plan/billing/time-preview.ts';
import type { PlannedSubject } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import { BillingTally } from '@stackbridge/shared-mappers/sync/billing/billing-tally.ts';
import type { PlannedBilling } from '@stackbridge/shared-mappers/sync/billing/plan-billing.ts';
import { shortened } from './shortened.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { printTimeEntries, printTimesheet } from './time-table.ts';
import { count, counted } from './words.ts';

/** What a plan comes to, in a few lines. */
export function printBillingTotals(
  { planned, context, makes = 'documents' }: PlannedBilling,
  terminal: Terminal,
): void {
  const { paint } = terminal;
  const tally = new BillingTally(planned);
  const [one, many] =
    makes === 'time' ? ['entry or timesheet', 'entries and timesheets'] : ['document', makes];
  const [draft, drafts] = makes === 'time' ? [one, many] : ['draft', 'drafts'];
  const kinds: readonly (readonly [n: number, one: string, many: string])[] = [
    [tally.planned.creates, `${one} to create`, `${many} to create`],
    [tally.planned.updates, `${draft} to update`, `${drafts} to update`],
    [tally.planned.deletes, 'entry to delete', 'entries to delete'],
    [tally.planned.followUps, 'receipt or link to follow', 'receipts and links to follow'],
    [tally.conflicts, 'difference for a person to decide', 'differences for a person to decide'],
    [tally.failed, `${one} that cannot be written as it is`, `${many} that cannot be written as they are`],
    [tally.unchanged, 'billed and right', 'billed and right'],
  ];
  const { organisation } = context.chart;
  terminal.print(`${paint.bold(context.recipe)}: ${organisation.name}, ${organisation.baseCurrency}`);
  const rows = kinds.filter(([n]) => n > 0).map(([n, one, many]) => [count(n), n === 1 ? one : many]);
  if (rows.length === 0) terminal.print('  nothing to do');
  else terminal.print(table([{ align: 'right' }, {}], rows));
}

/** What of the account map does not hold, before anything rests on it. */
export function mapWarnings({ faults }: PlannedBilling): string[] {
  return faults.map(({ code, message, suggestion }) =>
    [`${code} ${message}`, ...(suggestion === undefined ? [] : [suggestion])].join('. '),
  );
}

/** The first `limit` documents as invoices, or rows of time, then what people have to see to. */
export function printBilling(planned: PlannedBilling, limit: number, terminal: Terminal): void {
  const written = planned.planned.filter(({ plan }) => plan.write !== undefined);
  const entries: TimeEntryPreview[] = [];
  for (const one of written.slice(0, limit)) {
    const preview = one.preview();
    if (preview === undefined) continue;
    if (!('kind' in preview)) {
      terminal.print();
      printInvoice(preview, one.plan.write?.action ?? '', terminal);
    } else if (preview.kind === 'timesheet') printTimesheet(preview, terminal);
    else entries.push(preview);
    for (const { words } of one.followUps ?? []) terminal.print(`  ${words}`);
  }
  printTimeEntries(entries, terminal);
  if (written.length > limit) {
    terminal.print(
      terminal.paint.dim(
        `… and ${counted(written.length - limit, 'more', 'more')}: --limit N, --all or --json`,
      ),
    );
  }
  printOutstanding(planned, terminal);
  printTroubles(planned, terminal);
}

/** What documents that stand already still lack. */
function printOutstanding({ planned }: PlannedBilling, terminal: Terminal): void {
  for (const { subject, plan, followUps = [] } of planned) {
    if (plan.write !== undefined) continue;
    for (const { words } of followUps)
      terminal.print(`${terminal.paint.cyan('follows')}   ${subject.title}  ${words}`);
  }
}

function printTroubles({ planned }: PlannedBilling, terminal: Terminal): void {
  const { paint } = terminal;
  for (const { subject, plan } of planned) {
    for (const { code, message, answers } of plan.proposals) {
      terminal.print(`${paint.yellow('conflict')}  ${subject.title}  ${paint.bold(code)}`);
      terminal.print(`    ${message}`);
      if (answers.length > 0) terminal.print(paint.dim(`    answers: ${answers.join(', ')}`));
    }
    for (const { kind, code, message } of plan.issues) {
      const label = kind === 'conflict' ? paint.yellow('conflict') : paint.red('failure ');
      terminal.print(`${label}  ${subject.title}  ${paint.bold(code)}`);
      terminal.print(`    ${message}`);
    }
  }
}

/** A document as it is read before it is sent. */
function printInvoice(preview: InvoicePreview, action: string, terminal: Terminal): void {
  const { paint } = terminal;
  const due = preview.dueDate === undefined ? '' : `  due ${preview.dueDate}`;
  terminal.print(
    `${paint.cyan(action)}  ${paint.bold(`${preview.title} ${preview.number}`)}  ${preview.contact}  ${paint.dim(preview.status)}`,
  );
  terminal.print(`  ${preview.date}${due}  ${preview.currency}  ${preview.reference}`);
  terminal.print(
    table(
      [
        { title: 'description' },
        { title: 'quantity', align: 'right' },
        { title: 'price', align: 'right' },
        { title: 'account' },
        { title: 'tax' },
        { title: 'amount', align: 'right' },
      ],
      preview.lines.map((line) => [
        shortened([line.description, line.tracking].filter((text) => text !== '').join(' · ')),
        line.quantity,
        line.unitAmount,
        line.account,
        line.tax,
        line.amount,
      ]),
      paint.dim,
    ),
  );
  const sums = [
    ['Subtotal', preview.subTotal],
    ...preview.taxes.map(({ tax, of, amount }) => [`${tax} of ${of}`, amount]),
    [paint.bold(`Total ${preview.currency}`), paint.bold(preview.total)],
  ];
  terminal.print(table([{}, { align: 'right' }], sums));
}

/** One subject of a plan, for programs. */
export function subjectAsJson({ subject, plan, followUps = [], preview }: PlannedSubject): object {
  const document = preview();
  return {
    key: subject.id,
    title: subject.title,
    outcome: plan.outcome,
    ...(document === undefined ? {} : { document }),
    proposals: plan.proposals.map(({ documentNumber, code, message, answers }) => ({
      documentNumber,
      code,
      message,
      answers,
    })),
    issues: plan.issues,
    followUps: followUps.map(({ words }) => words),
    leftOut: plan.leftOut,
  };
}
