import type { PlainOutputField } from 'zapier-platform-core';
import { EXPENSE_OUTPUT, EXPENSE_SAMPLE } from './expense-item.ts';
import { TIME_OUTPUT, TIME_SAMPLE } from './time-item.ts';

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
