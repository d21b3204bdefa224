import { quantityOfMinutes } from '../../model/billing/decimal.ts';
import type { DocumentLine, HeldLine, LineSource } from '../../model/billing/document.ts';
import type { DecimalText } from '../../model/billing/money.ts';
import type { TimeLog } from '../../model/billing/project-work.ts';
import { type BillingIssue, failure } from './billing-issue.ts';
import { DESCRIPTION_LIMIT, fillTemplate } from './fill-template.ts';
import type { InvoiceOptions } from './invoice-options.ts';
import { type LineContext, lineOf, namesOf } from './line-context.ts';
import { type ResolvedTarget, resolveTarget, targetOfLine, timeTarget } from './line-target.ts';
import type { Portion } from './remainder.ts';

/** Logs that share a line: alike in what the recipe groups by, in price, account, tax and tracking. */
interface Group {
  readonly unitAmount: DecimalText;
  readonly target: ResolvedTarget;
  readonly billedLine: HeldLine | undefined;
  readonly logs: TimeLog[];
  readonly sources: LineSource[];
  minutes: number;
}

/** What cannot be priced is added to the issues, each fault once. */
export function timeLines(
  portions: readonly Portion[],
  context: LineContext,
  issues: BillingIssue[],
): DocumentLine[] {
  const groups = new Map<string, Group>();
  const faults = new Map<string, BillingIssue>();
  for (const portion of portions) {
    if (portion.source.kind !== 'time-log') continue;
    const { minutes } = portion.source;
    const log = portion.item?.kind === 'time-log' ? portion.item.log : undefined;
    const price = priceOf(portion, log, context);
    if ('code' in price) {
      faults.set(price.message, price);
      continue;
    }
    const key = groupKey(portion, log, price, context.options.groupBy);
    const group = groups.get(key) ?? { ...price, logs: [], sources: [], minutes: 0 };
    if (log !== undefined) group.logs.push(log);
    group.sources.push(portion.source);
    group.minutes += minutes;
    groups.set(key, group);
  }
  issues.push(...faults.values());
  return [...groups.values()].map((group) => lineOfGroup(group, context));
}

interface Price {
  readonly unitAmount: DecimalText;
  readonly target: ResolvedTarget;
  readonly billedLine: HeldLine | undefined;
}

/** What is billed has today's price, what is taken back the price it was billed at. */
function priceOf(
  { billedLine, source }: Portion,
  log: TimeLog | undefined,
  { map, index, project, milestone, currency, rates }: LineContext,
): Price | BillingIssue {
  if (billedLine !== undefined) {
    return { unitAmount: billedLine.unitAmount, target: targetOfLine(billedLine, index), billedLine };
  }
  if (log === undefined) {
    return failure('RATE_MISSING', `Time log ${source.id} is gone, and so is the line that billed it`);
  }
  const target = timeTarget(map, project);
  if ('code' in target) return target;
  const unitAmount = rates(log, project, currency);
  if (unitAmount === undefined) {
    const on = log.taskName === undefined ? '' : ` on ${log.taskName}`;
    return failure('RATE_MISSING', `No rate in ${currency} for ${log.personName}${on} on ${log.date}`);
  }
  const facts = {
    project: project.name,
    projectCategory: project.category,
    person: log.personName,
    milestone: milestone.name,
    customer: project.customerName,
  };
  return { unitAmount, target: resolveTarget(target, map, index, facts), billedLine };
}

function groupKey(
  { source, billedLine }: Portion,
  log: TimeLog | undefined,
  { unitAmount, target }: Price,
  groupBy: InvoiceOptions['groupBy'],
): string {
  const isBack = source.kind === 'time-log' && source.minutes < 0;
  const by =
    billedLine !== undefined
      ? `back ${billedLine.id}`
      : groupBy === 'task'
        ? `task ${log?.taskId ?? log?.taskName ?? ''}`
        : groupBy === 'person'
          ? `person ${log?.personId ?? ''}`
          : groupBy === 'day'
            ? `day ${log?.date ?? ''}`
            : `log ${source.id}`;
  const { accountCode, taxType, tracking } = target;
  const tracked = tracking.map(({ category, option }) => `${category}=${option}`).join('\u0001');
  return [by, isBack, unitAmount, accountCode, taxType, tracked].join('\u0000');
}

function lineOfGroup(group: Group, context: LineContext): DocumentLine {
  const { options } = context;
  const { unitAmount, target, sources, minutes } = group;
  const description = describe(group, context);
  return lineOf(
    { description, quantity: quantityOfMinutes(minutes), unitAmount, target, sources },
    options.lineAmounts,
  );
}

function describe({ billedLine, logs, minutes }: Group, context: LineContext): string {
  const { texts, groupBy } = context.options;
  if (billedLine !== undefined) {
    return fillTemplate(`${texts.correction}{line}`, { line: billedLine.description }, DESCRIPTION_LIMIT);
  }
  const first = logs[0]?.date;
  const last = logs.at(-1)?.date;
  const values = {
    ...namesOf(context),
    task: distinct(logs, ({ taskName }) => taskName),
    person: distinct(logs, ({ personName }) => personName),
    from: first,
    to: last,
    date: first === last ? first : `${first} - ${last}`,
    hours: quantityOfMinutes(minutes),
    notes: groupBy === 'none' ? logs[0]?.notes : undefined,
  };
  return fillTemplate(`${minutes < 0 ? texts.correction : ''}${texts.time}`, values, DESCRIPTION_LIMIT);
}

function distinct(logs: readonly TimeLog[], pick: (log: TimeLog) => string | undefined): string {
  const first = logs[0];
  if (first !== undefined && logs.length === 1) return pick(first) ?? '';
  return [...new Set(logs.map(pick).filter((name) => name !== undefined && name !== ''))].join(', ');
}
