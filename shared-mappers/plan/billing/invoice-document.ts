import type { DesiredDocument, HeldDocument } from '../../model/billing/document.ts';
import type { Built } from './built.ts';
import { chartIndex } from './chart-index.ts';
import { checkDocument } from './check-document.ts';
import { dueDateOf } from './due-date.ts';
import { fillTemplate, REFERENCE_LIMIT } from './fill-template.ts';
import type { LineContext } from './line-context.ts';
import { linesOf } from './lines.ts';
import type { BilledContact, InvoiceContext, MilestoneWork } from './milestone-facts.ts';
import { type RateTable, rateTable } from './rates.ts';
import type { Portion } from './remainder.ts';
import { totalsOf } from './totals.ts';

/**
 * The sales invoice that bills these portions of a milestone's work, checked against the chart.
 *
 * @param held the draft that it would replace: its date stays where the recipe dates documents on the day of the run.
 */
export function invoiceDocument(
  number: string,
  portions: readonly Portion[],
  { project, milestone }: Pick<MilestoneWork, 'project' | 'milestone'>,
  contact: BilledContact,
  context: InvoiceContext,
  held?: HeldDocument,
): Built {
  const { options, chart, map, today } = context;
  const index = chartIndex(chart);
  const currency = project.currency ?? options.currency ?? chart.organisation.baseCurrency;
  const lineContext: LineContext = {
    project,
    milestone,
    currency,
    map,
    index,
    rates: ratesOf(context),
    options,
  };
  const { lines, issues } = linesOf(portions, lineContext);
  const faults = 'issue' in contact ? [contact.issue, ...issues] : issues;
  const otherwise = held?.date ?? today;
  const date = options.dated === 'closed' ? (milestone.closedOn ?? otherwise) : otherwise;
  const document: DesiredDocument = {
    kind: 'sales-invoice',
    number,
    contactId: 'id' in contact ? contact.id : '',
    date,
    dueDate: dueDateOf(date, options.due),
    currency,
    lineAmounts: options.lineAmounts,
    status: options.status,
    reference: fillTemplate(
      options.texts.reference,
      { project: project.name, projectKey: project.key, milestone: milestone.name, number },
      REFERENCE_LIMIT,
    ),
    ...(project.url === undefined ? {} : { url: project.url }),
    lines,
    ...totalsOf(lines, options.lineAmounts),
  };
  const refusals = checkDocument(document, index);
  return faults.length > 0 ? { issues: [...faults, ...refusals] } : { document, issues: refusals };
}

const tables = new WeakMap<object, RateTable>();

/** The rate table is made once a map. */
function ratesOf({ map }: InvoiceContext): RateTable {
  const known = tables.get(map);
  if (known !== undefined) return known;
  const table = rateTable(map);
  tables.set(map, table);
  return table;
}
