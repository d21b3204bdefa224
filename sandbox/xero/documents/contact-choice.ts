import { z } from 'zod';
import type { Books } from '../books/books.ts';
import type { Contact } from '../books/contact.ts';
import { newContact } from '../books/contact-draft.ts';
import { isGuid } from '../books/ids.ts';
import { Text } from '../wire/input.ts';

/** How a document names its contact. */
export const ContactChoice = z.object({ ContactID: Text, ContactNumber: Text, Name: Text });
export type ContactChoice = z.infer<typeof ContactChoice>;

/** Whether a contact is named at all: `{}` names none. */
export function namesContact(choice: ContactChoice | undefined): choice is ContactChoice {
  return (choice?.ContactID ?? choice?.ContactNumber ?? choice?.Name) !== undefined;
}

/**
 * The contact that a document names, which must be active. A name that nobody has makes a new contact.
 * Faults go to `faults`.
 */
export function chosenContact(books: Books, choice: ContactChoice, faults: string[]): Contact | undefined {
  const found = knownContact(books, choice);
  if (found?.status === 'ARCHIVED') {
    faults.push(`The contact ${found.name} is archived. It must be restored before it can be used.`);
  }
  if (found !== undefined) return found;
  const { ContactID, ContactNumber, Name } = choice;
  if (ContactID !== undefined) {
    faults.push(
      isGuid(ContactID)
        ? 'A Contact with the specified ContactID could not be found'
        : 'ContactID is not a valid identifier',
    );
    return undefined;
  }
  const name = Name?.trim() ?? '';
  if (name === '' || /[<>]/.test(name) || name.length > 255) {
    faults.push('A Contact must be specified for this type of transaction');
    return undefined;
  }
  return books.contacts.put(newContact(books, name, ContactNumber ?? ''));
}

function knownContact(books: Books, { ContactID, ContactNumber, Name }: ContactChoice): Contact | undefined {
  if (ContactID !== undefined) return books.contacts.get(ContactID);
  if (ContactNumber !== undefined && ContactNumber !== '') {
    const found = books.contactByNumber(ContactNumber);
    if (found !== undefined) return found;
  }
  return Name === undefined ? undefined : books.activeContactByName(Name);
}
