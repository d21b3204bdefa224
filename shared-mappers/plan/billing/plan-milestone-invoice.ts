import type { DocumentPlan } from './document-plan.ts';
import { dueWork } from './due-work.ts';
import { invoiceDocument } from './invoice-document.ts';
import type { BilledContact, BillingState, InvoiceContext, MilestoneWork } from './milestone-facts.ts';
import { planDocument } from './plan-document.ts';

/** Decides what becomes of one milestone: its work as it is today against what its invoices bill. */
export function planMilestoneInvoice(
  work: MilestoneWork,
  contact: BilledContact,
  state: BillingState,
  context: InvoiceContext,
): DocumentPlan {
  const { milestone } = work;
  const { due, leftOut } = dueWork(work, context.options, state.entries, context.recipe);
  return planDocument(
    {
      subject: milestone.id,
      prefix: context.options.numberPrefix,
      purpose: 'charge',
      due,
      leftOut,
      ...(milestone.closed ? {} : { waits: 'the milestone is open' }),
      build: (number, portions) => invoiceDocument(number, portions, work, contact, context),
    },
    state,
    context,
  );
}
