import { z } from 'zod';
import { BillStatus, Hours } from './log-values.ts';
import { APPROVALS, Day } from './work-records.ts';

/** Rates and the like: `120.50`. */
const Decimal = z.string().regex(/^\d+(\.\d+)?$/);
const Id = z.string().min(1);
/** Values of custom fields, by API name. */
const Custom = z.record(z.string().startsWith('cf_'), z.string());

export const NewPerson = z.strictObject({
  name: z.string().min(1),
  email: z.string(),
  role: z.string().default('Employee'),
  rate: Decimal.nullable().default(null),
});
export const PersonChange = z.strictObject({
  name: z.string().min(1).optional(),
  email: z.string().optional(),
  role: z.string().optional(),
  rate: Decimal.nullable().optional(),
});

export const NewProject = z.strictObject({
  name: z.string().min(1),
  /** zpuid or address; default: the first user. */
  owner: z.string().optional(),
  client: z.strictObject({ id: Id, name: z.string() }).optional(),
  /** The project group: its category. */
  group: z.string().optional(),
  currency: z.string().length(3).default('AUD'),
  start_date: Day.optional(),
  end_date: Day.optional(),
  custom: Custom.default({}),
});
export const ProjectChange = z.strictObject({
  name: z.string().min(1).optional(),
  client: z.strictObject({ id: Id, name: z.string() }).nullable().optional(),
  group: z.string().nullable().optional(),
  currency: z.string().length(3).optional(),
  closed: z.boolean().optional(),
  custom: Custom.optional(),
});

export const NewPhase = z.strictObject({
  project: Id,
  name: z.string().min(1),
  start_date: Day.optional(),
  end_date: Day.optional(),
  owner: z.string().optional(),
  flag: z.enum(['internal', 'external']).default('internal'),
  closed: z.boolean().default(false),
  custom: Custom.default({}),
});
export const PhaseChange = z.strictObject({
  name: z.string().min(1).optional(),
  start_date: Day.optional(),
  end_date: Day.optional(),
  closed: z.boolean().optional(),
  custom: Custom.optional(),
});

export const NewItem = z.strictObject({
  project: Id,
  milestone: Id.optional(),
  name: z.string().min(1),
  tasklist: z.string().default('General'),
  owner: z.string().optional(),
  closed: z.boolean().default(false),
  custom: Custom.default({}),
});
export const ItemChange = z.strictObject({
  milestone: Id.nullable().optional(),
  name: z.string().min(1).optional(),
  closed: z.boolean().optional(),
  custom: Custom.optional(),
});

export const NewLog = z.strictObject({
  /** One of the three: a task, an issue, or a project for general time. */
  task: Id.optional(),
  issue: Id.optional(),
  project: Id.optional(),
  date: Day,
  hours: Hours,
  bill_status: BillStatus.default(true),
  notes: z.string().default(''),
  log_name: z.string().default('General'),
  /** zpuid or address; default: who owns the task or project. */
  owner: z.string().optional(),
  /** Default: as the portal treats new logs. */
  approval: z.enum(APPROVALS).optional(),
});
export const LogChange = z.strictObject({
  date: Day.optional(),
  hours: Hours.optional(),
  bill_status: BillStatus.optional(),
  notes: z.string().optional(),
  log_name: z.string().optional(),
  owner: z.string().optional(),
  approval: z.enum(APPROVALS).optional(),
});
