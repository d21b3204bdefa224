import { failure } from './billing-issue.ts';
import type { DocumentPlan } from './document-plan.ts';
import { dueWork } from './due-work.ts';
import { invoiceDocument } from './invoice-document.ts';
import type { InvoiceOptions } from './invoice-options.ts';
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
  const fault = faultOf(milestone, state, context);
  if (fault !== undefined) {
    // What is due is not known: its invoices stay as they are, and nobody is asked about them.
    return {
      subject: milestone.id,
      outcome: 'parked',
      proposals: [],
      issues: [failure('VALUE_INVALID', fault)],
      remember: [],
      decided: [],
      leftOut: [],
    };
  }
  const { due, leftOut } = dueWork(work, context.options, state.entries, context.recipe);
  return planDocument(
    {
      subject: milestone.id,
      firstNumber: firstNumberOf(milestone.id, context.options),
      purpose: 'charge',
      due,
      leftOut,
      ...(milestone.closed ? {} : { waits: 'the milestone is open' }),
      build: (number, portions, held) => invoiceDocument(number, portions, work, contact, context, held),
    },
    state,
    context,
  );
}

/** Number of a milestone's first invoice: `ZP-123`. */
export function firstNumberOf(milestoneId: string, options: Pick<InvoiceOptions, 'numberPrefix'>): string {
  return `${options.numberPrefix}-${milestoneId}`;
}

/** Why it cannot be told what is due. */
function faultOf(
  { closed, closedFault, amountFault }: MilestoneWork['milestone'],
  { memories }: BillingState,
  { options }: InvoiceContext,
): string | undefined {
  if (closedFault !== undefined) return closedFault;
  const isLookedAt = closed || memories.length > 0;
  return options.bill.fixed !== 'ignore' && isLookedAt ? amountFault : undefined;
}
