import type { Books } from '../books/books.ts';
import type { Contact } from '../books/contact.ts';

/** Merges a contact into another: that one gets all its documents, and it is archived for good. */
export function mergeContacts(books: Books, merged: Contact, into: Contact): object {
  if (merged.id === into.id) throw new RangeError(`A contact is not merged into itself: ${merged.id}`);
  const updatedMs = books.now();
  const contactId = into.id;
  books.contacts.put({ ...merged, status: 'ARCHIVED', mergedIntoId: contactId, updatedMs });
  books.contacts.put({
    ...into,
    isCustomer: into.isCustomer || merged.isCustomer,
    isSupplier: into.isSupplier || merged.isSupplier,
    updatedMs,
  });
  for (const invoice of [...books.invoices.found(books.invoicesByContact, merged.id)])
    books.invoices.put({ ...invoice, contactId, updatedMs });
  for (const spent of [...books.bankTransactions.rows()])
    if (spent.contactId === merged.id) books.bankTransactions.put({ ...spent, contactId, updatedMs });
  for (const link of [...books.linkedTransactions.rows()])
    if (link.contactId === merged.id) books.linkedTransactions.put({ ...link, contactId, updatedMs });
  for (const project of [...books.projects.rows()])
    if (project.contactId === merged.id) books.projects.put({ ...project, contactId });
  books.record(merged.id, 'Merged', into.name);
  return { id: contactId };
}
