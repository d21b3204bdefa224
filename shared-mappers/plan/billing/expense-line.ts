import { type Decimal, decimal, toFourPlaces } from '../../model/billing/decimal.ts';
import type { DocumentLine } from '../../model/billing/document.ts';
import type { Expense } from '../../model/billing/project-work.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import { DESCRIPTION_LIMIT, fillTemplate } from './fill-template.ts';
import { type LineContext, lineOf, namesOf } from './line-context.ts';
import { chargeTarget, type ResolvedTarget, resolveTarget, targetOfLine } from './line-target.ts';
import type { Portion } from './remainder.ts';

/** One expense, one line: quantity 1, the expense's amount with the mark-up on top. */
export function expenseLine(portion: Portion, context: LineContext): DocumentLine | BillingIssue {
  const { source, item, billedLine } = portion;
  const { options, project, currency } = context;
  if (source.kind !== 'expense') throw new TypeError(`${source.kind} is no expense`);
  const expense = expenseOf(item);
  if (expense !== undefined && expense.currency !== currency) {
    return failure(
      'CURRENCY_DIFFERS',
      `Expense ${expense.reference || expense.id} is in ${expense.currency}, the invoice in ${currency}`,
    );
  }
  const target = targetOf(portion, context);
  if ('code' in target) return target;

  const back = decimal(source.amount).isNegative() ? options.texts.correction : '';
  const description =
    billedLine !== undefined
      ? fillTemplate(`${options.texts.correction}{line}`, { line: billedLine.description }, DESCRIPTION_LIMIT)
      : fillTemplate(
          `${back}${options.texts.expense}`,
          {
            ...namesOf(context),
            category: expense?.category,
            description: expense?.description,
            reference: expense?.reference,
            date: expense?.date,
            person: expense?.vendorName,
            customer: project.customerName,
          },
          DESCRIPTION_LIMIT,
        );
  const unitAmount = toFourPlaces(decimal(source.amount).times(factorOf(portion, context)));
  return lineOf({ description, quantity: '1', unitAmount, target, sources: [source] }, options.lineAmounts);
}

/** What is billed has the mark-up of today, what is taken back the one that it was billed at. */
function factorOf({ billedLine, billedMeasure }: Portion, { options }: LineContext): Decimal {
  if (billedLine !== undefined && billedMeasure?.isZero() === false)
    return decimal(billedLine.unitAmount).times(billedLine.quantity).div(billedMeasure);
  return decimal(options.markUp ?? '0')
    .plus(100)
    .times('0.01');
}

function targetOf(
  { item, billedLine, source }: Portion,
  context: LineContext,
): ResolvedTarget | BillingIssue {
  const { map, index, project, milestone } = context;
  if (billedLine !== undefined) return targetOfLine(billedLine, index);
  const expense = expenseOf(item);
  if (expense === undefined) {
    return failure('ACCOUNT_UNMAPPED', `Expense ${source.id} is gone, and so is the line that billed it`);
  }
  const target = chargeTarget(map, expense.category);
  if ('code' in target) return target;
  return resolveTarget(target, map, index, {
    project: project.name,
    projectCategory: project.category,
    milestone: milestone.name,
    customer: project.customerName,
  });
}

function expenseOf(item: Portion['item']): Expense | undefined {
  return item !== undefined && 'expense' in item ? item.expense : undefined;
}
