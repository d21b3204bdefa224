import type { Step } from './play-steps.ts';

const A = '/api.xro/2.0';
const P = '/projects.xro/2.0';

export const PROJECTS: readonly Step[] = [
  { method: 'GET', path: `${A}/Contacts`, note: ['contact', 'Contacts.0.ContactID'] },
  { method: 'GET', path: `${P}/ProjectsUsers?page=1&pageSize=10`, note: ['user', 'items.0.userId'] },
  {
    method: 'POST',
    path: `${P}/Projects`,
    body: {
      contactId: '{contact}',
      name: 'Website',
      estimateAmount: 99.99,
      deadlineUtc: '2026-12-24T12:00:00Z',
    },
    note: ['project', 'projectId'],
    status: 201,
  },
  { method: 'POST', path: `${P}/Projects`, body: { contactId: '{contact}', name: '' }, status: 400 },
  { method: 'PUT', path: `${P}/Projects/{project}`, body: { name: 'New website' }, status: 204 },
  {
    method: 'POST',
    path: `${P}/Projects/{project}/Tasks`,
    body: { name: 'Build', rate: { currency: 'AUD', value: 120 }, chargeType: 'TIME', estimateMinutes: 600 },
    note: ['task', 'taskId'],
    status: 201,
  },
  { method: 'GET', path: `${P}/Projects/{project}/Tasks?page=1&pageSize=500&chargeType=TIME` },
  {
    method: 'POST',
    path: `${P}/Projects/{project}/Time`,
    body: {
      userId: '{user}',
      taskId: '{task}',
      dateUtc: '2026-11-01T09:00:00Z',
      duration: 140,
      description: 'Log 1',
    },
    note: ['time', 'timeEntryId'],
  },
  {
    method: 'POST',
    path: `${P}/Projects/{project}/Time`,
    body: { userId: '{user}', taskId: '{task}', dateUtc: '2026-11-01T09:00:00Z', duration: 0 },
    status: 400,
  },
  {
    method: 'GET',
    path: `${P}/Projects/{project}/Time?states=ACTIVE&isChargeable=true&dateAfterUtc=2026-10-01T00:00:00Z`,
  },
  { method: 'GET', path: `${P}/Projects/{project}/Time/{time}` },
  {
    method: 'PUT',
    path: `${P}/Projects/{project}/Time/{time}`,
    body: { userId: '{user}', taskId: '{task}', dateUtc: '2026-11-01T09:00:00Z', duration: 150 },
    status: 204,
  },
  { method: 'GET', path: `${P}/Projects/{project}/Tasks/{task}` },
  { method: 'GET', path: `${P}/Projects/{project}` },
  { method: 'GET', path: `${P}/Projects?states=INPROGRESS&contactID={contact}` },
  { method: 'DELETE', path: `${P}/Projects/{project}/Time/{time}`, status: 204 },
  { method: 'DELETE', path: `${P}/Projects/{project}/Tasks/{task}`, status: 204 },
  { method: 'PATCH', path: `${P}/Projects/{project}`, body: { status: 'CLOSED' }, status: 204 },
];
