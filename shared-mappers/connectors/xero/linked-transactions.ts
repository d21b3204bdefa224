import { z } from 'zod';
import type { SystemClient } from '../../http/system-client.ts';
import { ACCOUNTING, JSON_BODY } from './api.ts';
import { readListing } from './listing.ts';
import { sendOnce } from './once.ts';

const PATH = `${ACCOUNTING}/LinkedTransactions`;

const LinkRow = z.object({
  LinkedTransactionID: z.string(),
  SourceLineItemID: z.string().nullish(),
  Status: z.string().nullish(),
});

/** Marks a line of a bill or of spend money as to be charged to a customer, unless it is marked already. */
export async function linkForRebilling(
  client: SystemClient,
  documentId: string,
  lineId: string,
  contactId: string,
): Promise<void> {
  async function isLinked(): Promise<true | undefined> {
    const links = await readListing(client, {
      path: PATH,
      query: { SourceTransactionID: documentId },
      rows: 'LinkedTransactions',
      row: LinkRow,
      idOf: ({ LinkedTransactionID }) => LinkedTransactionID,
    });
    const live = (links ?? []).filter(({ Status }) => Status !== 'VOIDED');
    return live.some(({ SourceLineItemID }) => SourceLineItemID === lineId) || undefined;
  }
  if (await isLinked()) return;
  const body = JSON.stringify({
    SourceTransactionID: documentId,
    SourceLineItemID: lineId,
    ContactID: contactId,
  });
  await sendOnce(async () => {
    await client.send({ method: 'PUT', path: PATH, headers: JSON_BODY, body }, { repeatable: false });
    return true;
  }, isLinked);
}
