import {
  archive,
  changeEmail,
  clean,
  deletePermanently,
  editMember,
  subscribe,
  unsubscribe,
} from '../../mailchimp/people-actions.ts';
import type { PeopleParts } from '../../parts.ts';
import { CONTACT_AUDIENCE } from '../seed.ts';
import { type HappeningKind, kindOn } from './happening.ts';

/** People join, leave, move to other addresses, and are deleted, merged and converted. */
export const comingsAndGoings: readonly HappeningKind[] = [
  {
    kind: 'contact-created',
    weight: 5,
    happen: ({ parts, serial }) => {
      const n = serial();
      const values = { FirstName: 'Nia', LastName: `Newcomer ${n}`, Email: `nia.newcomer${n}@postbox.test` };
      return { contact: parts.salesforce.desk.create('Contact', values) };
    },
  },
  {
    kind: 'member-joined',
    weight: 5,
    happen: ({ parts, serial }) => {
      const n = serial();
      const email = `sam.subscriber${n}@webpost.test`;
      const values = { merge_fields: { FNAME: 'Sam', LNAME: `Subscriber ${n}` } };
      return {
        member: subscribe(parts.mailchimp.account, CONTACT_AUDIENCE, email, 'self', values).contactId,
      };
    },
  },
  {
    kind: 'joined-on-both',
    weight: 2,
    happen: ({ parts, serial }) => {
      const n = serial();
      const email = `bo.both${n}@inbox.test`;
      const contact = parts.salesforce.desk.create('Contact', {
        LastName: `Both ${n}`,
        Email: email.toUpperCase(),
      });
      const { contactId } = subscribe(parts.mailchimp.account, CONTACT_AUDIENCE, email, 'self');
      return { contact, member: contactId };
    },
  },
  kindOn('contact-opted-out', 5, ({ parts }, { contactId }) => {
    parts.salesforce.desk.edit('Contact', contactId, { HasOptedOutOfEmail: true });
    return { fields: ['HasOptedOutOfEmail'] };
  }),
  kindOn('member-unsubscribed', 6, ({ parts }, { member }) => {
    unsubscribe(parts.mailchimp.account, CONTACT_AUDIENCE, member.contactId, 'self');
    return {};
  }),
  kindOn('unsubscribed-while-edited', 2, ({ parts }, { contactId, member }) => {
    parts.salesforce.desk.edit('Contact', contactId, { FirstName: 'Renée' });
    unsubscribe(parts.mailchimp.account, CONTACT_AUDIENCE, member.contactId, 'self');
    return { fields: ['FirstName'] };
  }),
  kindOn('member-cleaned', 2, ({ parts }, { member }) => {
    clean(parts.mailchimp.account, CONTACT_AUDIENCE, member.contactId);
    return {};
  }),
  {
    kind: 'member-resubscribed',
    weight: 1,
    happen: ({ parts, people }) => {
      const member = people.leaver();
      if (member === undefined) return undefined;
      subscribe(parts.mailchimp.account, CONTACT_AUDIENCE, member.email, 'self');
      return { member: member.contactId };
    },
  },
  kindOn('contact-address-changed', 3, ({ parts, serial }, { contactId }) => {
    parts.salesforce.desk.edit('Contact', contactId, { Email: `moved${serial()}@postbox.test` });
    return { fields: ['Email'] };
  }),
  kindOn('member-address-changed', 3, ({ parts, serial }, { member }) => {
    changeEmail(
      parts.mailchimp.account,
      CONTACT_AUDIENCE,
      member.contactId,
      `changed${serial()}@webpost.test`,
    );
    return { fields: ['email_address'] };
  }),
  {
    kind: 'address-taken',
    weight: 1,
    happen: ({ parts, people }) => {
      const pair = people.pair();
      const holder = people.pair();
      if (pair === undefined || holder === undefined) return undefined;
      parts.salesforce.desk.edit('Contact', pair.contactId, { Email: holder.member.email });
      return {
        contact: pair.contactId,
        member: pair.member.contactId,
        note: `address of ${holder.member.contactId}`,
      };
    },
  },
  kindOn('contact-deleted', 2, ({ parts }, { contactId }) => {
    parts.salesforce.desk.remove('Contact', contactId);
    return {};
  }),
  kindOn('member-archived', 2, ({ parts }, { member }) => {
    archive(parts.mailchimp.account, CONTACT_AUDIENCE, member.contactId);
    return {};
  }),
  kindOn('member-deleted-for-good', 1, ({ parts }, { member }) => {
    deletePermanently(parts.mailchimp.account, CONTACT_AUDIENCE, member.contactId);
    return {};
  }),
  kindOn('deleted-while-edited', 1, ({ parts }, { contactId, member }) => {
    parts.salesforce.desk.remove('Contact', contactId);
    editMember(parts.mailchimp.account, CONTACT_AUDIENCE, member.contactId, {
      merge_fields: { TITLE: 'Still here' },
    });
    return { fields: ['TITLE'] };
  }),
  {
    kind: 'contacts-merged',
    weight: 2,
    happen: ({ parts, people }) => {
      const both = people.duplicates();
      if (both === undefined) return undefined;
      const [winner, loser] = both;
      actAs(parts, 'merge', { winner, losers: [loser] });
      return { contact: winner, note: `took in ${loser}` };
    },
  },
  {
    kind: 'lead-converted',
    weight: 3,
    happen: ({ parts, people }) => {
      const lead = people.lead();
      if (lead === undefined) return undefined;
      actAs(parts, 'convert', { lead });
      return { lead };
    },
  },
];

/** Does in Salesforce what only a person at its screens can. */
function actAs({ salesforce }: PeopleParts, name: string, input: unknown): void {
  const action = salesforce.actions[name];
  if (action === undefined) throw new Error(`The simulated Salesforce knows no action ${name}`);
  action.run(input);
}
