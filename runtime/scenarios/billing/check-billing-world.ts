import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { LEDGER_FILE } from '@stackbridge/shared-mappers/sync/stateless/billing/ledger-file.ts';
import { z } from 'zod';
import { type Difference, differences } from '../difference.ts';
import type { BillingExpectation } from './billing-scenario.ts';
import type { Names } from './names.ts';
import { timeDifferences } from './time-world.ts';

type Held = Readonly<Record<string, unknown>>;

const anyRecord = z.record(z.string(), z.unknown());
const everything = { limit: 1_000_000, offset: 0 };

/** Where Xero and the lists for people differ from what is expected. */
export function checkBillingWorld(
  expected: BillingExpectation,
  sandbox: Sandbox,
  parked: readonly Parked[],
  names: Names,
): Difference[] {
  const { invoices, spent, files, notes, rebilled, contacts, conflicts, failures } = expected;
  const { admin } = sandbox;
  const listed = (collection: string): readonly Held[] =>
    admin.records('xero', collection, everything).records.map(plain);
  const documents = [
    ...listed('invoices').map((held) => ({ number: String(held.InvoiceNumber), held })),
    ...listed('bankTransactions').map((held) => ({ number: firstWord(held.Reference), held })),
  ];
  const numberOf = (id: unknown): string =>
    documents.find(({ held }) => (held.InvoiceID ?? held.BankTransactionID) === id)?.number ?? String(id);
  const named = (texts: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    anyRecord.parse(names.filled(texts));
  const found: Difference[] = timeDifferences(expected, names, sandbox);
  if (invoices !== undefined)
    found.push(
      ...checkDocuments(
        'invoices',
        named(invoices),
        documents.filter(({ held }) => 'InvoiceID' in held),
      ),
    );
  if (spent !== undefined)
    found.push(
      ...checkDocuments(
        'spent',
        named(spent),
        documents.filter(({ held }) => 'BankTransactionID' in held),
      ),
    );
  if (files !== undefined) {
    // Hosts without a store keep their ledger in a file of its own.
    const attached = listed('attachments')
      .filter(({ FileName }) => FileName !== LEDGER_FILE)
      .map(({ OwnerID, FileName }) => `${numberOf(OwnerID)} ${String(FileName)}`);
    found.push(...differences('files', eachOf(named(files)), attached.sort()));
  }
  if (notes !== undefined) {
    const noted = listed('history')
      .filter(({ changes }) => changes === 'Note')
      .map(({ ownerId, details }) => `${numberOf(ownerId)} ${String(details)}`);
    found.push(...differences('notes', eachOf(named(notes)), noted.sort()));
  }
  if (rebilled !== undefined) {
    const customers = new Map(listed('contacts').map(({ ContactID, Name }) => [ContactID, String(Name)]));
    const linked = listed('linkedTransactions').map(
      ({ sourceId, contactId }) => `${numberOf(sourceId)} to ${customers.get(contactId) ?? 'nobody'}`,
    );
    const wanted = Object.entries(named(rebilled)).map(([number, customer]) => `${number} to ${customer}`);
    found.push(...differences('rebilled', wanted.sort(), linked.sort()));
  }
  if (contacts !== undefined) {
    const called = listed('contacts').map(({ Name }) => String(Name));
    found.push(...differences('contacts', [...contacts].sort(), called.sort()));
  }
  if (conflicts !== undefined) found.push(...checkParked('conflict', conflicts, parked, names));
  if (failures !== undefined) found.push(...checkParked('failure', failures, parked, names));
  return found;
}

/** Numbers of bills may be there twice: each document counts. */
function checkDocuments(
  what: string,
  wanted: Readonly<Record<string, unknown>>,
  documents: readonly { readonly number: string; readonly held: Held }[],
): Difference[] {
  const found = differences(what, Object.keys(wanted).sort(), documents.map(({ number }) => number).sort());
  for (const [number, values] of Object.entries(wanted))
    found.push(...differences(number, values, documents.find((one) => one.number === number)?.held));
  return found;
}

function checkParked(
  kind: Parked['kind'],
  wanted: readonly { readonly of: string; readonly code: string }[],
  parked: readonly Parked[],
  names: Names,
): Difference[] {
  const told = parked
    .filter((row) => row.kind === kind)
    .map(({ subject, code, message }) => ({ id: `${subject} ${code}`, message }));
  const ids = wanted.map(({ of, code }) => `${names.idIn(of)} ${code}`).sort();
  const differ = differences('', ids, told.map(({ id }) => id).sort()).length > 0;
  return differ ? [{ of: `${kind}s`, expected: wanted, actual: told }] : [];
}

function eachOf(lists: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(lists)
    .flatMap(([number, list]) =>
      z
        .array(z.string())
        .parse(list)
        .map((text) => `${number} ${text}`),
    )
    .sort();
}

function firstWord(text: unknown): string {
  return String(text).split(' ')[0] ?? '';
}

/** As a client would read it: the sandbox keeps decimals that only its own writer turns into text. */
export function plain(record: unknown): Held {
  return anyRecord.parse(JSON.parse(JSON.stringify(record)));
}
