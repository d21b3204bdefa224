import { dueWork } from '@stackbridge/shared-mappers/plan/billing/due-work.ts';
import type { MilestoneWork } from '@stackbridge/shared-mappers/plan/billing/milestone-facts.ts';
import type { PlainOutputField } from 'zapier-platform-core';
import { EXPENSE_OUTPUT, EXPENSE_SAMPLE, expenseItem } from './expense-item.ts';
import { TIME_OUTPUT, TIME_SAMPLE, timeItem } from './time-item.ts';

const BILLABLE = {
  bill: { time: true, expenses: true, fixed: 'ignore' },
  approval: 'required',
  lineAmounts: 'exclusive',
} as const;

/** A milestone as a Zap sees it, with what of its work is due. @param cutOver first day of that */
export function milestoneItem(work: MilestoneWork, cutOver: string) {
  const { milestone, project } = work;
  const { due } = dueWork(work, { ...BILLABLE, cutOver }, [], '');
  return {
    milestoneId: milestone.id,
    name: milestone.name,
    isClosed: milestone.closed,
    closedOn: milestone.closedOn ?? '',
    projectId: project.id,
    project: project.name,
    customerId: project.customerId ?? '',
    customer: project.customerName ?? '',
    currency: project.currency ?? '',
    fixedAmount: milestone.fixedAmount ?? '',
    minutes: due.reduce((sum, item) => sum + (item.kind === 'time-log' ? item.minutes : 0), 0),
    time: due.flatMap((item) => (item.kind === 'time-log' ? [timeItem(item.log)] : [])),
    expenses: due.flatMap((item) => (item.kind === 'expense' ? [expenseItem(item.expense)] : [])),
  };
}

export const MILESTONE_SAMPLE = {
  id: '4000000012345-2026-11-02',
  milestoneId: '4000000012345',
  name: 'Design',
  isClosed: true,
  closedOn: '2026-11-02',
  projectId: '4000000010001',
  project: 'Website relaunch',
  customerId: '4000000000333',
  customer: 'Analytical Engines Ltd',
  currency: 'GBP',
  fixedAmount: '',
  minutes: 140,
  time: [TIME_SAMPLE],
  expenses: [EXPENSE_SAMPLE],
};

export const MILESTONE_OUTPUT: PlainOutputField[] = [
  { key: 'id', label: 'Completion ID' },
  { key: 'milestoneId', label: 'Milestone ID' },
  { key: 'name', label: 'Milestone' },
  { key: 'isClosed', label: 'Is Closed', type: 'boolean' },
  { key: 'closedOn', label: 'Closed On' },
  { key: 'projectId', label: 'Project ID' },
  { key: 'project', label: 'Project' },
  { key: 'customerId', label: 'Customer ID' },
  { key: 'customer', label: 'Customer' },
  { key: 'currency', label: 'Currency' },
  { key: 'fixedAmount', label: 'Agreed Amount' },
  { key: 'minutes', label: 'Billable Minutes', type: 'integer' },
  { key: 'time', label: 'Time', children: TIME_OUTPUT },
  { key: 'expenses', label: 'Expenses', children: EXPENSE_OUTPUT },
  { key: 'work', label: 'Work for Billing Steps' },
];
