import type { Actor, MemberStatus } from '../mailchimp/member.ts';
import type { Mess } from './mess.ts';

/** People who do not want mail, cannot get it, or have not said yes yet. */
export const consentMess: readonly Mess[] = [
  {
    kind: 'crm-opt-out',
    weight: 5,
    make(draft) {
      const [record] = draft.crm;
      if (record === undefined) return false;
      record.HasOptedOutOfEmail = true;
      return true;
    },
  },
  {
    kind: 'opt-out-on-both',
    weight: 3,
    make(draft) {
      const [record] = draft.crm;
      const [member] = draft.members;
      if (record === undefined || member === undefined) return false;
      record.HasOptedOutOfEmail = true;
      member.status = 'unsubscribed';
      return true;
    },
  },
  {
    kind: 'newsletter-opt-out',
    weight: 2,
    make(draft) {
      const [record] = draft.crm;
      if (record === undefined) return false;
      record.Newsletter_Opt_Out__c = true;
      return true;
    },
  },
  memberStatus('unsubscribed', 'unsubscribed', 'self', 6),
  memberStatus('unsubscribed-by-admin', 'unsubscribed', 'admin', 2),
  memberStatus('cleaned', 'cleaned', 'self', 3),
  memberStatus('pending', 'pending', 'self', 2),
  memberStatus('archived', 'archived', 'admin', 3),
];

function memberStatus(kind: string, status: MemberStatus, by: Actor, weight: number): Mess {
  return {
    kind,
    weight,
    make(draft) {
      const [member] = draft.members;
      if (member === undefined) return false;
      member.status = status;
      member.by = by;
      return true;
    },
  };
}
