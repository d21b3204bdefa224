import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { HeldDocument } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { BillingJob } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import { billWithoutStore } from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import type {
  BillingIssueTold,
  BillingOutcome,
} from '@stackbridge/shared-mappers/sync/stateless/billing/billing-outcome.ts';
import type { BillingReply } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-store.ts';
import type { LockObject } from 'zapier-platform-core';
import { xeroClient } from '../connection/xero.ts';
import { documentItem } from '../records/document-item.ts';
import type { Step } from '../step.ts';
import { type BilledItem, questionItem } from './billed-item.ts';

/** What a step was handed to bill. */
export interface DeliveredBilling extends DeliveredJob {
  /** Of Xero, its id or name; absent: the only one. */
  readonly organisation: string | undefined;
  /** A person's answer to what an earlier step has asked. Default: none. */
  readonly answer?: Omit<BillingReply, 'subject'>;
}

export interface DeliveredJob {
  readonly job: BillingJob;
  /** Id of the milestone, expense or invoice. */
  readonly subject: string;
  /** When its work was read. */
  readonly readAt: Instant;
}

/** Two runs at once would not see each other. */
export const BILLING_LOCK: LockObject = { key: 'xero_billing', scope: ['auth'], timeout: 60 };

/**
 * Makes the document, or brings a draft that nobody has touched up to date. What is billed is written on the document
 * with the moment at which its work was read, so that what comes late puts nothing back, and what comes again writes
 * nothing.
 *
 * @throws StackbridgeError for what the account map or Xero says against it
 */
export async function billDelivered(
  step: Step,
  { organisation, job, subject, readAt, answer }: DeliveredBilling,
): Promise<BilledItem> {
  const target = createXeroConnector(await xeroClient(step, organisation));
  const ports = { ...step.ports, target };
  const replies = answer === undefined ? [] : [{ subject, ...answer }];
  const { subjects, error } = await billWithoutStore(job, ports, { only: [subject], asOf: readAt, replies });
  if (error !== undefined) throw error;
  return billedItem(subject, subjects[0]);
}

/** @throws StackbridgeError for what somebody has to mend first */
export function billedItem(subject: string, billed: BillingOutcome | undefined): BilledItem {
  const issues = billed?.issues ?? [];
  const failure = issues.find(({ kind }) => kind === 'failure');
  if (failure !== undefined) throw new StackbridgeError(failure.code, failure.message, { system: 'xero' });
  const [issue] = issues;
  const document = documentIn(billed, issue);
  return {
    ...(document === undefined ? { id: subject } : documentItem(document)),
    outcome: wordFor(billed, document),
    message: issue?.message ?? billed?.because ?? '',
    ...questionItem(issue),
  };
}

/** The one that was written, or that is asked about, or the last. */
function documentIn(
  billed: BillingOutcome | undefined,
  issue: BillingIssueTold | undefined,
): HeldDocument | undefined {
  const documents = billed?.documents ?? [];
  const preview = billed?.write?.preview;
  const number = preview !== undefined && 'number' in preview ? preview.number : issue?.documentNumber;
  return documents.find((document) => document.number === number) ?? documents.at(-1);
}

function wordFor(
  billed: BillingOutcome | undefined,
  document: HeldDocument | undefined,
): BilledItem['outcome'] {
  if (billed?.outcome === 'conflict') return 'differs';
  if (billed?.outcome === 'stale') return 'stale';
  if (billed?.write?.written === true) return billed.write.action === 'create' ? 'created' : 'updated';
  return document === undefined || billed?.outcome === 'excluded' ? 'nothing is due' : 'there already';
}
