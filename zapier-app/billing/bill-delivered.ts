import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { DocumentKind, HeldDocument } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type { AccountingTarget } from '@stackbridge/shared-mappers/ports/accounting-target.ts';
import type { BillingJob } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import { billWithoutStore } from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import type { BillingOutcome } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-outcome.ts';
import type { PlainOutputField } from 'zapier-platform-core';
import { xeroClient } from '../connection/xero.ts';
import {
  DOCUMENT_OUTPUT,
  DOCUMENT_SAMPLE,
  type DocumentItem,
  documentItem,
} from '../records/document-item.ts';
import type { Step } from '../step.ts';

/** What a step was given to bill. */
export interface DeliveredBilling {
  /** Of Xero, its id or name; absent: the only one. */
  readonly organisation: string | undefined;
  readonly job: BillingJob;
  /** Id of the milestone or expense. */
  readonly subject: string;
  /** What it may have become, and under which number of ours. */
  readonly kinds: readonly DocumentKind[];
  readonly number: string;
}

export type BilledItem =
  | ({ readonly outcome: 'created' | 'there already' | 'differs'; readonly message: string } & DocumentItem)
  | { readonly id: string; readonly outcome: 'nothing is due'; readonly message: string };

/**
 * What is billed is written on the document and read from it again. A document that is there is not changed: the work
 * was delivered some time ago, and may have been billed since by somebody who knows more of it.
 *
 * @throws StackbridgeError for what the account map or Xero says against it
 */
export async function billDelivered(
  step: Step,
  { organisation, job, subject, kinds, number }: DeliveredBilling,
): Promise<BilledItem> {
  const target = createXeroConnector(await xeroClient(step, organisation));
  const before = await documentOf(target, kinds, number);
  const { progress, clock, random, log, stop } = step.ports;
  const ports = { target, clock, random, progress, log, stop, calls: () => ({}) };
  const bill = async (preview: boolean): Promise<BillingOutcome | undefined> => {
    const { subjects, error } = await billWithoutStore(job, ports, { only: [subject], preview });
    if (error !== undefined) throw error;
    return subjects[0];
  };
  const looked = before?.hasAttachments === true ? await bill(true) : undefined;
  const billed = looked === undefined || isUnfinished(looked) ? await bill(false) : looked;
  return itemOf(billed, subject, before);
}

/** The document says what it should, and something that belongs to it is missing, such as the link to the customer. */
function isUnfinished({ outcome, write }: BillingOutcome): boolean {
  return outcome === 'planned' && write === undefined;
}

function itemOf(
  billed: BillingOutcome | undefined,
  subject: string,
  before: HeldDocument | undefined,
): BilledItem {
  const [issue] = billed?.issues ?? [];
  const [made] = billed?.documents ?? [];
  if (issue?.kind === 'failure') throw new StackbridgeError(issue.code, issue.message, { system: 'xero' });
  if (made === undefined)
    return { id: subject, outcome: 'nothing is due', message: billed?.because ?? issue?.message ?? '' };
  return { outcome: wordFor(billed, before), message: issue?.message ?? '', ...documentItem(made) };
}

function wordFor(
  billed: BillingOutcome | undefined,
  before: HeldDocument | undefined,
): 'created' | 'there already' | 'differs' {
  if (before === undefined && billed?.write?.action === 'create') return 'created';
  const isRight =
    billed?.outcome === 'unchanged' || (billed?.outcome === 'applied' && billed.write === undefined);
  return isRight ? 'there already' : 'differs';
}

async function documentOf(
  target: AccountingTarget,
  kinds: readonly DocumentKind[],
  number: string,
): Promise<HeldDocument | undefined> {
  for (const kind of kinds) {
    const [held] = await target.documentsByNumber(kind, [number]);
    if (held !== undefined) return held;
  }
  return undefined;
}

export const BILLED_SAMPLE = { outcome: 'created', message: '', ...DOCUMENT_SAMPLE };

export const BILLED_OUTPUT: PlainOutputField[] = [
  { key: 'outcome', label: 'Outcome' },
  { key: 'message', label: 'Reason' },
  ...DOCUMENT_OUTPUT,
];
