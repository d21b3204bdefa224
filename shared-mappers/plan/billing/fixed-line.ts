import { decimal, toFourPlaces } from '../../model/billing/decimal.ts';
import type { DocumentLine } from '../../model/billing/document.ts';
import type { BillingIssue } from './billing-issue.ts';
import { DESCRIPTION_LIMIT, fillTemplate } from './fill-template.ts';
import { type LineContext, lineOf, namesOf } from './line-context.ts';
import { fixedTarget, type ResolvedTarget, resolveTarget, targetOfLine } from './line-target.ts';
import type { Portion } from './remainder.ts';

/** The agreed amount of a milestone: quantity 1. */
export function fixedLine(
  { source, billedLine }: Portion,
  context: LineContext,
): DocumentLine | BillingIssue {
  const { options } = context;
  if (source.kind !== 'milestone') throw new TypeError(`${source.kind} is no agreed amount`);
  const target = billedLine === undefined ? targetFor(context) : targetOfLine(billedLine, context.index);
  if ('code' in target) return target;
  const isBack = billedLine !== undefined || decimal(source.amount).isNegative();
  const back = isBack ? options.texts.correction : '';
  const description = fillTemplate(`${back}${options.texts.fixed}`, namesOf(context), DESCRIPTION_LIMIT);
  const unitAmount = toFourPlaces(decimal(source.amount));
  return lineOf({ description, quantity: '1', unitAmount, target, sources: [source] }, options.lineAmounts);
}

function targetFor({ map, index, project, milestone }: LineContext): ResolvedTarget | BillingIssue {
  const target = fixedTarget(map, project);
  if ('code' in target) return target;
  return resolveTarget(target, map, index, {
    project: project.name,
    projectCategory: project.category,
    milestone: milestone.name,
    customer: project.customerName,
  });
}
