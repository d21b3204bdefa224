import type { Answer } from '../../simulator.ts';
import type { Books } from '../books/books.ts';
import type { Listing } from '../query/listing.ts';

/** The app's name as Xero puts it on its answers. */
const PROVIDER = 'Stackbridge Sandbox';

/** `{"Id", "Status", "ProviderName", "DateTimeUTC", …}` around what a call answers. */
export function envelope(books: Books, content: object): Answer {
  const nowMs = books.now();
  return {
    status: 200,
    body: {
      Id: books.answers.next(),
      Status: 'OK',
      ProviderName: PROVIDER,
      DateTimeUTC: `/Date(${nowMs})/`,
      ...content,
    },
  };
}

/** A list of resources, with `pagination` where a page was asked for. */
export function listAnswer<T>(
  books: Books,
  name: string,
  listing: Listing<T>,
  show: (row: T) => object,
): Answer {
  const { rows, pagination } = listing;
  return envelope(books, { ...(pagination === undefined ? {} : { pagination }), [name]: rows.map(show) });
}
