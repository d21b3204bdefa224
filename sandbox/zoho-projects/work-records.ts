import { z } from 'zod';

/** `YYYY-MM-DD`. */
export const Day = z.iso.date();

export const PersonRecord = z.object({
  zpuid: z.string(),
  zuid: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.string(),
  /** Per hour, decimal text; null where the portal knows none. */
  rate: z.string().nullable(),
  isActive: z.boolean(),
});
export type PersonRecord = z.infer<typeof PersonRecord>;

export const ProjectRecord = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  isClosed: z.boolean(),
  ownerId: z.string(),
  clientId: z.string().nullable(),
  clientName: z.string().nullable(),
  group: z.string().nullable(),
  currency: z.string(),
  startDate: Day.nullable(),
  endDate: Day.nullable(),
  custom: z.record(z.string(), z.string()),
  createdMs: z.number(),
  modifiedMs: z.number(),
});
export type ProjectRecord = z.infer<typeof ProjectRecord>;

/** A milestone, called phase in newer portals. */
export const PhaseRecord = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  startDate: Day,
  endDate: Day,
  isClosed: z.boolean(),
  flag: z.enum(['internal', 'external']),
  ownerId: z.string(),
  /** By API name: `cf_fixed_amount`. */
  custom: z.record(z.string(), z.string()),
  modifiedMs: z.number(),
});
export type PhaseRecord = z.infer<typeof PhaseRecord>;

/** A task, or an issue (`bug` in some answers). */
export const WorkItemRecord = z.object({
  id: z.string(),
  kind: z.enum(['task', 'issue']),
  projectId: z.string(),
  phaseId: z.string().nullable(),
  prefix: z.string(),
  name: z.string(),
  tasklistId: z.string(),
  tasklist: z.string(),
  isClosed: z.boolean(),
  ownerId: z.string(),
  custom: z.record(z.string(), z.string()),
  createdMs: z.number(),
  modifiedMs: z.number(),
});
export type WorkItemRecord = z.infer<typeof WorkItemRecord>;

export const APPROVALS = ['Pending', 'Approved', 'Rejected'] as const;

export const TimeLogRecord = z.object({
  id: z.string(),
  projectId: z.string(),
  module: z.enum(['task', 'issue', 'general']),
  /** The task or issue; null for general time. */
  itemId: z.string().nullable(),
  /** Of general time. */
  logName: z.string(),
  ownerId: z.string(),
  date: Day,
  minutes: z.int(),
  notes: z.string(),
  isBillable: z.boolean(),
  approval: z.enum(APPROVALS),
  reason: z.string(),
  createdMs: z.number(),
  modifiedMs: z.number(),
});
export type TimeLogRecord = z.infer<typeof TimeLogRecord>;
