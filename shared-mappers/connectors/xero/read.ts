import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { DocumentKind, HeldDocument } from '../../model/billing/document.ts';
import { type Instant, toIsoSeconds } from '../../model/instant.ts';
import type { DateSpan } from '../../ports/accounting-target.ts';
import { withQuery } from './api.ts';
import { XERO_CAPABILITIES } from './capabilities.ts';
import { DOCUMENT_HOMES } from './document-home.ts';
import { DocumentRow, heldDocument, idOfRow } from './held-document.ts';
import { textKey } from './identity.ts';
import { MAX_CONCURRENT } from './limits.ts';
import { readListing, readWhole } from './listing.ts';
import { chunksForQuery } from './query-chunks.ts';
import { whereDate } from './wire-time.ts';

export interface DocumentReader {
  documentsByNumber(
    kind: DocumentKind,
    numbers: readonly string[],
    dated?: DateSpan,
  ): Promise<readonly HeldDocument[]>;
  documentsById(kind: DocumentKind, ids: readonly string[]): Promise<readonly HeldDocument[]>;
  /** In any status. Edits of a due date, and of who it was sent to, do not count as changes of a part-paid one. */
  documentsChanged(kind: DocumentKind, since: Instant): Promise<readonly HeldDocument[]>;
}

/** Unit amounts in four places; Xero gives two without. */
export const FOUR_PLACES = { unitdp: '4' } as const;

export function createDocumentReader(client: SystemClient): DocumentReader {
  /** A page is asked for even where one is enough: without it invoices come without their lines. */
  async function list(
    kind: DocumentKind,
    query: Readonly<Record<string, string | undefined>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<HeldDocument[]> {
    const { path, rows } = DOCUMENT_HOMES[kind];
    const read = await readListing(client, {
      path,
      query: { ...query, ...FOUR_PLACES },
      headers,
      rows,
      row: DocumentRow,
      idOf: (row) => idOfRow(kind, row),
      pageSize: XERO_CAPABILITIES.pageSize,
    });
    return (read ?? []).flatMap((row) => heldDocument(kind, row) ?? []);
  }

  async function listBy(
    kind: DocumentKind,
    name: 'InvoiceNumbers' | 'IDs',
    values: readonly string[],
  ): Promise<HeldDocument[]> {
    // Within a list a comma would end the value.
    const [whole, cut] = [
      values.filter((each) => !each.includes(',')),
      values.filter((each) => each.includes(',')),
    ];
    const queries = [
      ...chunksForQuery(whole).map((some) => ({ [name]: some.join(',') })),
      ...cut.map((number) => ({ where: `InvoiceNumber=="${number}"` })),
    ];
    return (await inParallel(queries, MAX_CONCURRENT, (query) => list(kind, query))).flat();
  }

  /** A filter on the reference silently matches nothing there: what is dated in the span is read and picked from. */
  function listSpent(dated: DateSpan | undefined): Promise<HeldDocument[]> {
    const span =
      dated === undefined ? [] : [`Date>=${whereDate(dated.from)}`, `Date<=${whereDate(dated.to)}`];
    return list('spend-money', { where: ['Type=="SPEND"', ...span].join(' AND ') });
  }

  async function bankTransaction(id: string): Promise<HeldDocument[]> {
    const { path, rows } = DOCUMENT_HOMES['spend-money'];
    try {
      const address = withQuery(`${path}/${encodeURIComponent(id)}`, FOUR_PLACES);
      const read = await readWhole(client, address, rows, DocumentRow);
      return read.flatMap((row) => heldDocument('spend-money', row) ?? []);
    } catch (error) {
      if (error instanceof StackbridgeError && error.code === 'RECORD_GONE') return [];
      throw error;
    }
  }

  return {
    async documentsByNumber(kind, numbers, dated) {
      if (numbers.length === 0) return [];
      const wanted = new Set(numbers.map(textKey));
      const found =
        kind === 'spend-money'
          ? await listSpent(dated)
          : await listBy(kind, 'InvoiceNumbers', [...new Set(numbers)]);
      return found.filter(({ number }) => wanted.has(textKey(number)));
    },

    async documentsById(kind, ids) {
      const distinct = [...new Set(ids)];
      if (kind !== 'spend-money') return distinct.length === 0 ? [] : listBy(kind, 'IDs', distinct);
      return (await inParallel(distinct, MAX_CONCURRENT, bankTransaction)).flat();
    },

    // The header takes UTC without saying so.
    documentsChanged: (kind, since) =>
      list(
        kind,
        { where: `Type=="${DOCUMENT_HOMES[kind].type}"` },
        { 'if-modified-since': toIsoSeconds(since).slice(0, -1) },
      ),
  };
}
