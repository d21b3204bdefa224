import { z } from 'zod';
import { CHARGE_TYPES } from '../books/project.ts';
import { jsonBody, type XeroCall } from '../endpoint.ts';
import { invalidRequest } from './project-refusal.ts';

const Money = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number),
]);

export const ProjectInput = z.object({
  contactId: z.guid().nullish(),
  name: z.string().nullish(),
  estimateAmount: Money.nullish(),
  deadlineUtc: z.iso.datetime({ offset: true, local: true }).nullish(),
});
export type ProjectInput = z.infer<typeof ProjectInput>;

export const ProjectPatch = z.object({ status: z.enum(['INPROGRESS', 'CLOSED']) });

export const TaskInput = z.object({
  name: z.string().nullish(),
  rate: z.object({ currency: z.string(), value: Money }),
  chargeType: z.enum(CHARGE_TYPES),
  estimateMinutes: z.int().nullish(),
});
export type TaskInput = z.infer<typeof TaskInput>;

export const TimeInput = z.object({
  userId: z.guid(),
  taskId: z.guid(),
  dateUtc: z.iso.datetime({ offset: true, local: true }),
  duration: z.int(),
  description: z.string().nullish(),
});
export type TimeInput = z.infer<typeof TimeInput>;

/** The body of a request. @throws Refusal naming the fields that are missing or of the wrong type */
export function readBody<T>(call: XeroCall, schema: z.ZodType<T>): T {
  const result = schema.safeParse(jsonBody(call) ?? {});
  if (result.success) return result.data;
  const state: Record<string, string[]> = {};
  for (const { path, message } of result.error.issues) {
    const field = path.map(String).join('.') || 'request';
    state[field] = [...(state[field] ?? []), message];
  }
  throw invalidRequest(state);
}
