import { z } from 'zod';
import type { SystemClient } from '../../http/system-client.ts';
import type { DocumentKind } from '../../model/billing/document.ts';
import { JSON_BODY } from './api.ts';
import { DOCUMENT_HOMES } from './document-home.ts';
import { readWhole } from './listing.ts';
import { sendOnce } from './once.ts';

/** "Details" of a history record: at most 2,500 characters. */
const LONGEST_NOTE = 2_500;

const HistoryRow = z.object({ Details: z.string().nullish() });

/** Adds a note to a document's history; longer ones are cut. A note cannot be taken back. */
export async function addHistoryNote(
  client: SystemClient,
  kind: DocumentKind,
  documentId: string,
  note: string,
): Promise<void> {
  const path = `${DOCUMENT_HOMES[kind].path}/${encodeURIComponent(documentId)}/History`;
  const details = note.slice(0, LONGEST_NOTE);
  const body = JSON.stringify({ HistoryRecords: [{ Details: details }] });
  await sendOnce(
    async () => {
      await client.send({ method: 'PUT', path, headers: JSON_BODY, body }, { repeatable: false });
      return true;
    },
    async () => {
      const rows = await readWhole(client, path, 'HistoryRecords', HistoryRow);
      return rows.some(({ Details }) => Details === details) || undefined;
    },
  );
}
