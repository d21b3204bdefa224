import { BRAKES } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { duration } from '@stackbridge/shared-mappers/recipes/duration.ts';
import { z } from 'zod';
import { handle } from './handle.ts';
import { recordValues } from './record-values.ts';

const count = z.int().min(0);
const code = z.string().regex(/^[A-Z][A-Z_]+$/, { error: 'Write an error code such as BOTH_CHANGED' });
const bySystem = z.strictObject({ salesforce: count.optional(), mailchimp: count.optional() });

/** What a record is expected to hold (only the fields named are looked at), or that it is gone. */
const recordExpectation = z.union([
  z.enum(['deleted', 'archived', 'gone']),
  recordValues.describe('Fields and their values; only those named are compared'),
]);
export type RecordExpectation = z.infer<typeof recordExpectation>;

const recordsExpectation = z
  .record(z.string(), z.record(handle, recordExpectation))
  .describe('By Salesforce object or Mailchimp audience, then by name');

const parkedExpectation = z.strictObject({
  of: handle.describe('Whom it is about'),
  code: code.describe('Why, as an error code'),
  fields: z.array(z.string()).optional().describe('Names of the rules at issue, such as `FirstName ↔ FNAME`'),
});
export type ParkedExpectation = z.infer<typeof parkedExpectation>;

const parkedList = z.array(parkedExpectation);

/** What both systems hold. A collection that is named holds the people listed and nobody else. */
export const worldExpectation = z.strictObject({
  salesforce: recordsExpectation.optional(),
  mailchimp: recordsExpectation.optional(),
  counts: z
    .record(z.string(), count)
    .optional()
    .describe('Live records of an object or audience, where not everybody is listed: `{ Contact: 100 }`'),
  requests: z
    .strictObject({
      salesforce: z.record(z.string(), count).optional(),
      mailchimp: z.record(z.string(), count).optional(),
    })
    .optional()
    .describe("Requests since the beginning, by the sandbox's names: `{ salesforce: { token: 1 } }`"),
  conflicts: parkedList.optional().describe('All of them. At the end: none unless said'),
  failures: parkedList.optional().describe('All of them. At the end: none unless said'),
  terminal: parkedList
    .optional()
    .describe("All records set aside by a vendor's final word. At the end: none unless said"),
});
export type WorldExpectation = z.infer<typeof worldExpectation>;

/** How a sync ends. Without any expectation it has to run to its end. */
export const syncExpectation = z.strictObject({
  exit: z.int().min(0).max(70).optional().describe('Exit code: 0, 1, 2, 3, 4, 5 or 70'),
  stoppedBy: code.optional().describe('Error code of what ended it early'),
  brakes: z.array(z.enum(BRAKES)).optional().describe('Brakes that the plan trips'),
  counts: z
    .strictObject({
      applied: count.optional(),
      unchanged: count.optional(),
      excluded: count.optional(),
      conflicts: count.optional(),
      failed: count.optional(),
    })
    .optional()
    .describe('How many people ended in which way'),
  writes: bySystem.optional().describe('Records written, exactly'),
  callsAtMost: bySystem.optional().describe('API calls, at most'),
  excluded: z.record(z.string(), count).optional().describe('People left out, by reason'),
  warnings: z.array(z.string()).optional().describe('Part of each warning that the preview has to give'),
  takesAtLeast: duration.optional().describe('How long it has to wait for limits: `30s`'),
  takesAtMost: duration.optional().describe('How long it may take: `5m`'),
});
export type SyncExpectation = z.output<typeof syncExpectation>;

/** What holds at the end of a scenario. */
export const endExpectation = worldExpectation
  .extend({
    excluded: z
      .record(z.string(), count)
      .optional()
      .describe('People left out, by reason, when everything is read once more'),
    callsAtMost: bySystem.optional().describe('API calls of all syncs together, at most'),
    settled: z
      .boolean()
      .default(true)
      .describe('Another sync, and a full one, write nothing and end by themselves. Default: true'),
    settledBecause: z.string().optional().describe('Why `settled: false` is right here'),
  })
  .refine((then) => then.settled || then.settledBecause !== undefined, {
    path: ['settledBecause'],
    error: 'Say why another sync may still write',
  });
export type EndExpectation = z.output<typeof endExpectation>;
