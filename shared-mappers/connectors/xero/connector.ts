import type { SystemClient } from '../../http/system-client.ts';
import type { AccountingTarget } from '../../ports/accounting-target.ts';
import { attachFile, listAttachments, readTextFile, writeTextFile } from './attachments.ts';
import { XERO_CAPABILITIES } from './capabilities.ts';
import { createContacts } from './contacts.ts';
import { describeXero } from './describe.ts';
import { addHistoryNote } from './history.ts';
import { linkForRebilling } from './linked-transactions.ts';
import { createDocumentReader } from './read.ts';
import { createDocumentWriter } from './write.ts';

/**
 * The accounts of one organisation.
 *
 * @param client of system `xero`, with `xeroLimits` and `interpretXero`; its base URL is the host of Xero's APIs
 * (`https://api.xero.com`) and its connection names the organisation. Shared with the connectors of Projects and
 * Payroll: the limits hold for all of them together
 */
export function createXeroConnector(client: SystemClient): AccountingTarget {
  const reader = createDocumentReader(client);
  return {
    system: 'xero',
    writeBatch: XERO_CAPABILITIES.writeBatch,
    chart: () => describeXero(client),
    ...createContacts(client),
    ...reader,
    ...createDocumentWriter(client, reader),
    attach: (kind, documentId, file, mayBeThere) => attachFile(client, kind, documentId, file, mayBeThere),
    attachments: (kind, documentId) => listAttachments(client, kind, documentId),
    readFile: (kind, documentId, fileName) => readTextFile(client, kind, documentId, fileName),
    writeFile: (kind, documentId, file, replaces) => writeTextFile(client, kind, documentId, file, replaces),
    linkForRebilling: (document, lineId, contactId) =>
      linkForRebilling(client, document.id, lineId, contactId),
    addHistory: (kind, documentId, note) => addHistoryNote(client, kind, documentId, note),
  };
}
