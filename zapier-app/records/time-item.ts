import type { TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { PlainOutputField } from 'zapier-platform-core';

/** Time as a Zap sees it. */
export interface TimeItem {
  readonly logId: string;
  readonly date: string;
  readonly minutes: number;
  /** `2:20`. */
  readonly time: string;
  readonly person: string;
  readonly personEmail: string;
  readonly task: string;
  readonly notes: string;
  readonly billable: boolean;
  readonly approval: string;
  readonly projectId: string;
  readonly milestoneId: string;
}

export function timeItem(log: TimeLog): TimeItem {
  const { id, minutes, personName, personEmail = '', taskName = '', milestoneId = '', ...rest } = log;
  const { date, notes, billable, approval, projectId } = rest;
  return {
    logId: id,
    date,
    minutes,
    time: `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`,
    person: personName,
    personEmail,
    task: taskName,
    notes,
    billable,
    approval,
    projectId,
    milestoneId,
  };
}

export const TIME_SAMPLE: TimeItem & Record<string, unknown> = {
  logId: '4000000077777',
  date: '2026-10-28',
  minutes: 140,
  time: '2:20',
  person: 'Grace Hopper',
  personEmail: 'grace@agency.test',
  task: 'Wireframes',
  notes: 'First round',
  billable: true,
  approval: 'approved',
  projectId: '4000000010001',
  milestoneId: '4000000012345',
};

export const TIME_OUTPUT: PlainOutputField[] = [
  { key: 'logId', label: 'Time Entry ID' },
  { key: 'date', label: 'Date' },
  { key: 'minutes', label: 'Minutes', type: 'integer' },
  { key: 'time', label: 'Hours and Minutes' },
  { key: 'person', label: 'Person' },
  { key: 'personEmail', label: 'Email of the Person' },
  { key: 'task', label: 'Task' },
  { key: 'notes', label: 'Notes' },
  { key: 'billable', label: 'Is Billable', type: 'boolean' },
  { key: 'approval', label: 'Approval' },
  { key: 'projectId', label: 'Project ID' },
  { key: 'milestoneId', label: 'Milestone ID' },
];
