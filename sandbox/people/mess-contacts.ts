import { MAIL_DOMAINS } from './companies.ts';
import type { Mess } from './mess.ts';
import { TIERS } from './person.ts';

/** The wrong number of records, missing values, and values that have moved on at one side only. */
export const contactMess: readonly Mess[] = [
  {
    kind: 'duplicate-contact',
    weight: 6,
    make(draft, { dice }) {
      const [record] = draft.crm;
      if (record === undefined) return false;
      const again = { ...record };
      if (dice.chance(0.5)) delete again.Phone;
      if (dice.chance(0.5)) again.FirstName = `${String(record.FirstName ?? 'M').slice(0, 1)}.`;
      draft.crm.push(again);
      return true;
    },
  },
  {
    kind: 'shared-address',
    weight: 6,
    make(draft, { dice, book, makeOther, recordOf }) {
      const [record] = draft.crm;
      const { company } = draft.person;
      if (record === undefined || company === undefined) return false;
      const email = book.claim(dice.pick(['info', 'office', 'team', 'kontakt', 'sales']), company.domain);
      record.Email = email;
      for (const member of draft.members) member.email = email;
      const colleagues = 1 + dice.whole(3);
      for (let n = 0; n < colleagues; n++) {
        const colleague = recordOf({ ...makeOther(), company });
        draft.crm.push({ ...colleague, Email: email });
      }
      return true;
    },
  },
  {
    kind: 'second-address',
    weight: 3,
    make(draft, { dice, book }) {
      const [member] = draft.members;
      if (member === undefined) return false;
      const local = draft.person.email.slice(0, draft.person.email.indexOf('@'));
      draft.members.push({ ...member, email: book.claim(`${local}.home`, dice.pick(MAIL_DOMAINS)) });
      return true;
    },
  },
  {
    kind: 'missing-email',
    weight: 5,
    make(draft) {
      const [record] = draft.crm;
      if (record === undefined || draft.members.length > 0) return false;
      delete record.Email;
      return true;
    },
  },
  {
    kind: 'fake-email',
    weight: 2,
    make(draft, { book }) {
      const [record] = draft.crm;
      if (record === undefined || draft.members.length > 0) return false;
      // Salesforce takes it, Mailchimp does not.
      record.Email = book.claim('test', 'example.com');
      return true;
    },
  },
  {
    kind: 'long-email',
    weight: 1,
    make(draft, { book }) {
      const [member] = draft.members;
      if (member === undefined || draft.crm.length > 0) return false;
      // Salesforce keeps 80 characters of an address.
      member.email = book.claim(
        `${'very.long.department.name.'.repeat(3)}inbox`,
        'headquarters.mailhaus.test',
      );
      return true;
    },
  },
  {
    kind: 'half-filled',
    weight: 8,
    make(draft, { dice }) {
      const [record] = draft.crm;
      const [member] = draft.members;
      if (record === undefined || member === undefined) return false;
      if (dice.chance(0.5)) {
        for (const field of ['Phone', 'Title', 'Website__c', 'FirstName']) delete record[field];
      } else {
        for (const tag of ['PHONE', 'TITLE', 'WEBSITE', 'COMPANY'] as const) delete member.merge[tag];
      }
      return true;
    },
  },
  {
    kind: 'stale',
    weight: 9,
    make(draft, { dice, makeOther }) {
      const [record] = draft.crm;
      const [member] = draft.members;
      if (record === undefined || member === undefined) return false;
      const { title, phone, points } = makeOther();
      if (title !== undefined) record.Title = title;
      if (phone !== undefined && dice.chance(0.5)) member.merge.PHONE = phone.international;
      if (points !== undefined && dice.chance(0.5)) record.Loyalty_Points__c = points;
      if (dice.chance(0.3)) record.Customer_Tier__c = dice.pick(TIERS);
      return true;
    },
  },
];
