import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { ObjectSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import { parsedJson } from '@stackbridge/shared-mappers/model/parsed-json.ts';
import type { Delivered } from '@stackbridge/shared-mappers/sync/stateless/delivered-connector.ts';
import type { Verdict } from '@stackbridge/shared-mappers/sync/stateless/show-verdict.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';
import { jsonObject } from '../json-object.ts';
import { describeFields } from './described-fields.ts';

/**
 * A record on its way from one Zap step to another. The step that takes it cannot reach the system it comes from, so
 * its relatives come along, and its fields are described.
 */
export interface Delivery extends Delivered {
  readonly system: 'salesforce' | 'mailchimp';
  /** As `toMemo` makes it. */
  readonly schema: JsonObject;
  /** What Mailchimp said for good, of somebody who is no member. */
  readonly verdict?: Verdict;
}

const record = z.strictObject({
  id: z.string().min(1),
  object: z.string().min(1),
  modifiedAt: z.number(),
  state: z.enum(['live', 'deleted', 'archived', 'merged', 'converted', 'gone', 'filtered']),
  successorId: z.string().exactOptional(),
  values: jsonObject,
});

const relatives = z.strictObject({
  records: z.array(record),
  sharers: z.record(z.string(), z.union([z.array(z.string()), z.number()])),
});

const delivery = z.strictObject({
  system: z.enum(['salesforce', 'mailchimp']),
  record,
  relatives: relatives.exactOptional(),
  schema: jsonObject,
  verdict: z
    .strictObject({
      leftId: z.string().min(1),
      email: z.string().min(1),
      code: z.custom<ErrorCode>((code) => typeof code === 'string' && code in ERROR_CODES),
      message: z.string(),
    })
    .exactOptional(),
});

/** @param names of the fields to describe; those that the account lacks are left out */
export function packDelivery(
  { record, relatives }: Pick<Delivered, 'record' | 'relatives'>,
  schema: ObjectSchema,
  names: readonly string[],
  now: Instant,
  verdict?: Verdict,
): string {
  return JSON.stringify({
    system: schema.system,
    record,
    ...(relatives === undefined ? {} : { relatives }),
    schema: describeFields(schema, names, now),
    ...(verdict === undefined ? {} : { verdict }),
  });
}

/** @throws StepFault for a text that no step of this app has made */
export function readDelivery(text: string): Delivery {
  const read = delivery.safeParse(parsedJson(text));
  if (read.success) return read.data;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Record must hold the "Record for Sync Steps" of a step of this app, and nothing else.',
  );
}
