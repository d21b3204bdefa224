import type { Instant } from '../../../model/instant.ts';
import type { BillingJob } from '../../billing/billing-job.ts';
import {
  type BillingExecution,
  type BillingRequest,
  billWithoutStore,
  type StatelessBillingPorts,
} from './bill-without-store.ts';

/**
 * What a host remembers for a while of what was handed to it. It may forget: what stands in the accounts says itself
 * when its work was read. Only what was taken away there says nothing any more, and would come back with work that was
 * read before.
 */
export interface DeliveryMemory {
  /** When the newest work of this subject was read that has been carried out; undefined where that is not known. */
  latest(subject: string): Promise<Instant | undefined>;
  keep(subject: string, readAt: Instant): Promise<void>;
}

/**
 * Carries out all the work of one subject that was handed on, unless later work of it has been before.
 *
 * @param subject whose whole work it is: a project
 * @returns `late` where nothing was looked at
 */
export async function billInOrder(
  job: BillingJob,
  ports: StatelessBillingPorts,
  request: BillingRequest & { readonly asOf: Instant },
  subject: string,
  memory: DeliveryMemory,
): Promise<BillingExecution | 'late'> {
  const latest = await memory.latest(subject);
  if (latest !== undefined && latest > request.asOf) return 'late';
  const execution = await billWithoutStore(job, ports, request);
  if (execution.error === undefined && request.preview !== true) await memory.keep(subject, request.asOf);
  return execution;
}
