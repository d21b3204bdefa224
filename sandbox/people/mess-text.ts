import type { Draft } from './draft.ts';
import type { Mess } from './mess.ts';
import { NOT_NUMBERS } from './phone-styles.ts';

/** Longest value of a Mailchimp text field, bytes of UTF-8. */
const MAILCHIMP_BYTES = 255;

/** The same people, written differently. */
export const textMess: readonly Mess[] = [
  {
    kind: 'name-case',
    weight: 8,
    make(draft, { dice }) {
      const change = dice.pick([(text: string) => text.toUpperCase(), (text: string) => text.toLowerCase()]);
      return dice.chance(0.5) ? changeCrmNames(draft, change) : changeMemberNames(draft, change);
    },
  },
  {
    kind: 'blanks',
    weight: 6,
    make: (draft, { dice }) =>
      changeMemberNames(
        draft,
        dice.pick([(text) => `${text} `, (text) => ` ${text}`, (text) => `${text}\u00a0`]),
      ),
  },
  {
    kind: 'email-case',
    weight: 6,
    make(draft, { dice }) {
      const [record] = draft.crm;
      const [member] = draft.members;
      if (record !== undefined && dice.chance(0.5)) record.Email = draft.person.email.toUpperCase();
      else if (member !== undefined) member.email = capitalised(draft.person.email);
      else return false;
      return true;
    },
  },
  {
    kind: 'decomposed',
    weight: 4,
    make(draft) {
      const name = draft.person.lastName;
      return name.normalize('NFD') !== name && changeMemberNames(draft, (text) => text.normalize('NFD'));
    },
  },
  {
    kind: 'emoji',
    weight: 1,
    make: (draft, { dice }) =>
      changeMemberNames(draft, (text) => `${text} ${dice.pick(['🌻', '👩‍🚀', '🎉', '❤️'])}`),
  },
  {
    kind: 'phone-format',
    weight: 12,
    make(draft, { dice }) {
      const { phone } = draft.person;
      const [record] = draft.crm;
      const [member] = draft.members;
      if (phone === undefined) return false;
      if (record !== undefined) record.Phone = dice.pick(phone.variants);
      if (member !== undefined && dice.chance(0.5)) member.merge.PHONE = dice.pick(phone.variants);
      return record !== undefined;
    },
  },
  {
    kind: 'bad-phone',
    weight: 4,
    make(draft, { dice }) {
      const text = dice.pick(NOT_NUMBERS);
      const [record] = draft.crm;
      const [member] = draft.members;
      if (record !== undefined && (member === undefined || dice.chance(0.5))) record.Phone = text;
      else if (member !== undefined) member.merge.PHONE = text;
      return true;
    },
  },
  {
    kind: 'long-text',
    weight: 3,
    make(draft, { dice }) {
      const [record] = draft.crm;
      if (record === undefined) return false;
      // 128 characters, as long as Salesforce lets a title be, and more bytes than Mailchimp takes.
      const word = dice.pick([
        'Geschäftsführerin für Übersee ',
        '営業部長兼',
        'مديرة المبيعات ',
        'Διευθύντρια ',
      ]);
      record.Title = word.repeat(Math.ceil(128 / word.length)).slice(0, 128);
      if (dice.chance(0.3)) record.Description = 'Met at the fair; asked for the catalogue. '.repeat(600);
      return Buffer.byteLength(String(record.Title)) > MAILCHIMP_BYTES || record.Description !== undefined;
    },
  },
  {
    kind: 'long-first-name',
    weight: 1,
    make(draft) {
      const [member] = draft.members;
      if (member === undefined || draft.crm.length > 0) return false;
      // Salesforce keeps 40 characters of a first name.
      member.merge.FNAME = 'María de los Ángeles Guadalupe Esperanza del Carmen';
      return true;
    },
  },
  {
    kind: 'two-line-street',
    weight: 4,
    make(draft) {
      const [record] = draft.crm;
      const [member] = draft.members;
      const street =
        record === undefined ? undefined : 'MailingStreet' in record ? 'MailingStreet' : 'Street';
      const address = draft.person.address;
      if (record === undefined || street === undefined || address === undefined) return false;
      record[street] = `${address.street}\n2nd floor`;
      if (typeof member?.merge.ADDRESS === 'object')
        member.merge.ADDRESS = { ...member.merge.ADDRESS, addr2: '2nd floor' };
      return true;
    },
  },
  {
    kind: 'incomplete-address',
    weight: 5,
    make(draft, { dice }) {
      const [record] = draft.crm;
      const [member] = draft.members;
      const { address } = draft.person;
      if (address === undefined) return false;
      if (member !== undefined && (record === undefined || dice.chance(0.5))) {
        const addr1 = `${address.street}\n${address.zip} ${address.city}`;
        member.merge.ADDRESS = {
          addr1,
          addr2: '',
          city: '',
          state: '',
          zip: '',
          country: address.countryCode,
        };
      } else if (record !== undefined) {
        for (const field of ['MailingStreet', 'MailingPostalCode', 'Street', 'PostalCode'])
          delete record[field];
      }
      return true;
    },
  },
];

function changeCrmNames(draft: Draft, change: (text: string) => string): boolean {
  const [record] = draft.crm;
  if (record === undefined) return false;
  record.LastName = change(String(record.LastName));
  if (record.FirstName !== undefined) record.FirstName = change(String(record.FirstName));
  return true;
}

function changeMemberNames(draft: Draft, change: (text: string) => string): boolean {
  const [member] = draft.members;
  if (member === undefined) return false;
  if (typeof member.merge.LNAME === 'string') member.merge.LNAME = change(member.merge.LNAME);
  if (typeof member.merge.FNAME === 'string') member.merge.FNAME = change(member.merge.FNAME);
  return true;
}

function capitalised(email: string): string {
  return email.replaceAll(
    /(^|[._])([a-z])/g,
    (_match, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
