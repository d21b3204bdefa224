import { z } from 'zod';
import { WRITABLE_STATUSES } from './member.ts';
import { type FieldFault, type Problem, unfitResource } from './problem.ts';

const Status = z.enum(WRITABLE_STATUSES);

/** The fields that every way of writing a member takes. Unknown keys are ignored, as the API does. */
const Fields = z.object({
  email_type: z.enum(['html', 'text']).optional(),
  merge_fields: z.record(z.string(), z.unknown()).optional(),
  interests: z.record(z.string(), z.boolean()).optional(),
  language: z.string().optional(),
  vip: z.boolean().optional(),
  location: z.object({ latitude: z.number().optional(), longitude: z.number().optional() }).optional(),
  marketing_permissions: z
    .array(z.object({ marketing_permission_id: z.string(), enabled: z.boolean() }))
    .optional(),
  ip_signup: z.string().optional(),
  timestamp_signup: z.string().optional(),
  ip_opt: z.string().optional(),
  timestamp_opt: z.string().optional(),
});

/** What one write says about a member, whichever call carries it. */
export type MemberInput = z.infer<typeof Fields> & { status?: z.infer<typeof Status> | undefined };

/** `POST /lists/{id}/members`: the only single call that takes tags. */
export const MemberToAdd = Fields.extend({
  email_address: z.string(),
  status: Status,
  tags: z.array(z.string()).optional(),
});

/** `PUT /lists/{id}/members/{hash}`. Recorded: neither key is asked for when the member exists. */
export const MemberToPut = Fields.extend({
  email_address: z.string().optional(),
  status: Status.optional(),
  status_if_new: Status.optional(),
});

/** `PATCH /lists/{id}/members/{hash}`. */
export const MemberToPatch = Fields.extend({
  email_address: z.string().optional(),
  status: Status.optional(),
});

/** Most members one batch may carry. */
const MOST_IN_BATCH = 500;

/** One member of a batch. `status_if_new` has no place in it. */
export const MemberInBatch = Fields.extend({
  email_address: z.string(),
  status: Status.optional(),
  tags: z.array(z.string()).optional(),
});
export type MemberInBatch = z.infer<typeof MemberInBatch>;

/** `POST /lists/{id}`. */
export const MemberBatch = z.object({
  members: z.array(MemberInBatch).max(MOST_IN_BATCH),
  sync_tags: z.boolean().optional(),
  update_existing: z.boolean().optional(),
});

/** `POST /lists/{id}/members/{hash}/tags`. */
export const TagChange = z.object({
  tags: z.array(z.object({ name: z.string().min(1), status: z.enum(['active', 'inactive']) })),
  is_syncing: z.boolean().optional(),
});

/** Reads a body by its schema. @throws Problem listing every field that does not fit */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body ?? {});
  if (read.success) return read.data;
  throw unfit(read.error);
}

function unfit(error: z.ZodError): Problem {
  return unfitResource(error.issues.map(faultOf));
}

/** Mailchimp's wording; list entries are named `members.item:0.status`. */
function faultOf(issue: z.core.$ZodIssue): FieldFault {
  const path = issue.path.map((step) => (typeof step === 'number' ? `item:${step}` : String(step)));
  const name = path.at(-1) ?? '';
  if (issue.code === 'invalid_value') {
    return {
      field: path.join('.'),
      message: `Data presented is not one of the accepted values: ${issue.values.map(String).join(', ')}.`,
    };
  }
  if (issue.code === 'invalid_type') {
    // zod says "received undefined" of a key that is not there.
    if (/received undefined$/.test(issue.message)) {
      return {
        field: path.slice(0, -1).join('.'),
        message: `Required fields were not provided: ${name}`,
      };
    }
    const received = /received (\w+)/.exec(issue.message)?.[1] ?? 'something else';
    return {
      field: path.join('.'),
      message: `Schema describes ${issue.expected}, ${received === 'null' ? 'NULL' : received} found instead`,
    };
  }
  return { field: path.join('.'), message: issue.message };
}
