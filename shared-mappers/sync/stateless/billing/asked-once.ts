import { folded } from '../../../mapping/people.ts';
import type { DocumentKind, HeldDocument } from '../../../model/billing/document.ts';
import type { AccountingTarget, AccountsContact, DateSpan } from '../../../ports/accounting-target.ts';

/** Accounts that are asked once, and what they have answered. */
export interface AskedAccounts {
  readonly target: AccountingTarget;
  /** A document that was found or written, as last answered. */
  readonly held: (id: string) => HeldDocument | undefined;
}

/**
 * The accounts as they are found in one execution: a number, an id or a contact is asked for once, however often the
 * plan is made anew. What has been written since is what they answered to the write.
 */
export function askedOnce(accounts: AccountingTarget): AskedAccounts {
  const documents = new Map<string, HeldDocument>();
  const askedNumbers = new Map<DocumentKind, Set<string>>();
  const askedIds = new Set<string>();
  const keep = (found: readonly HeldDocument[]): void => {
    for (const document of found) documents.set(document.id, document);
  };
  const kept = (kind: DocumentKind, isMeant: (document: HeldDocument) => boolean): HeldDocument[] =>
    [...documents.values()].filter((document) => document.kind === kind && isMeant(document));

  const target: AccountingTarget = {
    ...accounts,
    contactsByNumber: contactsOnce(
      (numbers) => accounts.contactsByNumber(numbers),
      ({ number }) => number,
    ),
    contactsByName: contactsOnce(
      (names) => accounts.contactsByName(names),
      ({ name }) => name,
    ),

    async documentsByNumber(kind, numbers, dated?: DateSpan) {
      const asked = askedNumbers.get(kind) ?? new Set();
      const fresh = numbers.filter((number) => !asked.has(number));
      if (fresh.length > 0) keep(await accounts.documentsByNumber(kind, fresh, dated));
      askedNumbers.set(kind, new Set([...asked, ...fresh]));
      const wanted = new Set(numbers.map(folded));
      return kept(kind, ({ number }) => wanted.has(folded(number)));
    },

    async documentsById(kind, ids) {
      const fresh = ids.filter((id) => !documents.has(id) && !askedIds.has(id));
      if (fresh.length > 0) keep(await accounts.documentsById(kind, fresh));
      for (const id of fresh) askedIds.add(id);
      const wanted = new Set(ids);
      return kept(kind, ({ id }) => wanted.has(id));
    },

    async documentsChanged(kind, since) {
      const changed = await accounts.documentsChanged(kind, since);
      keep(changed);
      return changed;
    },

    async write(kind, writes) {
      const results = await accounts.write(kind, writes);
      keep(results.flatMap((result) => (result.outcome === 'written' ? [result.held] : [])));
      return results;
    },
  };
  return { target, held: (id) => documents.get(id) };
}

type FindContacts = AccountingTarget['contactsByNumber'];

function contactsOnce(find: FindContacts, keyOf: (contact: AccountsContact) => string): FindContacts {
  const asked = new Set<string>();
  // Several may stand for the one that they were merged into.
  const found = new Map<string, AccountsContact>();
  return async (keys) => {
    const fresh = keys.filter((key) => !asked.has(folded(key)));
    if (fresh.length > 0)
      for (const contact of await find(fresh)) found.set(`${keyOf(contact)}\u0000${contact.id}`, contact);
    for (const key of fresh) asked.add(folded(key));
    const wanted = new Set(keys.map(folded));
    return [...found.values()].filter((contact) => wanted.has(folded(keyOf(contact))));
  };
}
