import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { inParallel } from '../../http/in-parallel.ts';
import type { SystemClient } from '../../http/system-client.ts';
import type { AccountsContact, ContactResult } from '../../ports/accounting-target.ts';
import { ACCOUNTING } from './api.ts';
import { type BatchCall, type BatchItem, batchesOf, type Outcome, sendBatch } from './batch.ts';
import { XERO_CAPABILITIES } from './capabilities.ts';
import { ContactRow, contactOf, contactsOf } from './contact-row.ts';
import { createBatch } from './create.ts';
import { textKey } from './identity.ts';
import { MAX_CONCURRENT } from './limits.ts';
import { type Listing, readListing } from './listing.ts';
import { chunksForQuery } from './query-chunks.ts';

export interface Contacts {
  contactsByNumber(numbers: readonly string[]): Promise<readonly AccountsContact[]>;
  contactsByName(names: readonly string[]): Promise<readonly AccountsContact[]>;
  createContacts(
    contacts: readonly { readonly name: string; readonly number: string }[],
  ): Promise<readonly ContactResult[]>;
}

const PATH = `${ACCOUNTING}/Contacts`;

const listing: Omit<Listing<ContactRow>, 'query'> = {
  path: PATH,
  rows: 'Contacts',
  row: ContactRow,
  idOf: ({ ContactID }) => ContactID,
  pageSize: XERO_CAPABILITIES.pageSize,
};
/** Archived ones are told from ones that are not there. */
const WITH_ARCHIVED = { includeArchived: 'true' } as const;

interface NewContact extends BatchItem {
  readonly position: number;
  readonly number: string;
}

type Field = 'ContactNumber' | 'Name';

export function createContacts(client: SystemClient): Contacts {
  /** All contacts, once they have been read whole. */
  let book: ContactRow[] | undefined;

  /** A filter names some contacts a call, a page brings a thousand: whichever takes fewer calls. */
  async function find(field: Field, values: readonly string[]): Promise<AccountsContact[]> {
    const wanted = new Set(values.map(textKey).filter((key) => key !== ''));
    const isWanted = (row: ContactRow): boolean => wanted.has(textKey(row[field] ?? ''));
    if (wanted.size === 0) return [];
    const chunks = chunksForQuery(
      [...new Set(values)].filter((value) => value.trim() !== ''),
      (value) => condition(field, value),
    );
    // How a quote is written within a filter is not documented.
    const mustRead = values.some((value) => /["\\]/.test(value));
    if (book === undefined && (mustRead || chunks.length > 1)) {
      book = await readBook((pages) => mustRead || pages <= chunks.length);
    }
    if (book !== undefined) return contactsOf(book.filter(isWanted), book, byId);
    const lists = await inParallel(chunks, MAX_CONCURRENT, (some) =>
      readListing(client, {
        ...listing,
        query: { ...WITH_ARCHIVED, where: some.map((value) => condition(field, value)).join(' OR ') },
      }),
    );
    const found = lists.flatMap((rows) => rows ?? []).filter(isWanted);
    return contactsOf(found, [], byId);
  }

  function readBook(goOn: (pages: number) => boolean): Promise<ContactRow[] | undefined> {
    return readListing(client, { ...listing, query: WITH_ARCHIVED }, goOn);
  }

  async function byId(ids: readonly string[]): Promise<ContactRow[]> {
    const lists = await inParallel(chunksForQuery(ids), MAX_CONCURRENT, (some) =>
      readListing(client, { ...listing, query: { ...WITH_ARCHIVED, IDs: some.join(',') } }),
    );
    return lists.flatMap((rows) => rows ?? []);
  }

  async function create(
    contacts: readonly { readonly name: string; readonly number: string }[],
  ): Promise<ContactResult[]> {
    const items = contacts.map(({ name, number }, position): NewContact => {
      const numbered = number === '' ? {} : { ContactNumber: number };
      return { position, key: keyOf({ name, number }), number, payload: { Name: name, ...numbered } };
    });
    const results = new Map<number, ContactResult>();
    const settle = ({ position }: { position: number }, outcome: Outcome<AccountsContact>): void => {
      if (outcome.kind === 'written') {
        results.set(position, { outcome: 'written', contact: outcome.held });
        const { id, name, number } = outcome.held;
        book?.push({ ContactID: id, Name: name, ContactNumber: number });
      } else results.set(position, { outcome: outcome.kind, error: outcome.error });
    };
    try {
      for (const batch of batchesOf(items)) await createBatch(client, batch, creation, settle);
    } catch (error) {
      if (!(error instanceof StackbridgeError) || results.size === 0) throw error;
      for (const { position } of items) {
        if (!results.has(position)) results.set(position, { outcome: 'refused', error });
      }
    }
    return items.map(({ position }) => results.get(position) ?? unsettled());
  }

  const creation = {
    send: (some: readonly BatchItem[], attempt: number) => sendBatch(client, some, { ...call, attempt }),
    async lookUp(some: readonly NewContact[]) {
      book = undefined;
      const [numbered, named] = [some.filter(isNumbered), some.filter((item) => !isNumbered(item))];
      const keys = (items: readonly NewContact[]): string[] => items.map(({ key }) => key);
      return [...(await find('ContactNumber', keys(numbered))), ...(await find('Name', keys(named)))];
    },
    keyOf,
    // Two contacts may have one number, but no two active ones one name.
    isKeyUnique: true,
  };

  return {
    contactsByNumber: (numbers) => find('ContactNumber', numbers),
    contactsByName: (names) => find('Name', names),
    createContacts: create,
  };
}

const call: BatchCall<AccountsContact> = {
  method: 'PUT',
  path: PATH,
  query: {},
  rows: 'Contacts',
  read: (element) => {
    const row = ContactRow.safeParse(element).data;
    return row === undefined ? undefined : contactOf(row);
  },
  keyOf,
  attempt: 1,
};

function condition(field: Field, value: string): string {
  return `${field}=="${value}"`;
}

/** One that has no number is known by its name. */
function keyOf({ name, number }: Pick<AccountsContact, 'name' | 'number'>): string {
  return number === '' ? name : number;
}

function isNumbered({ number }: NewContact): boolean {
  return number !== '';
}

function unsettled(): ContactResult {
  return { outcome: 'refused', error: new StackbridgeError('BUG', 'A contact was left without a result') };
}
