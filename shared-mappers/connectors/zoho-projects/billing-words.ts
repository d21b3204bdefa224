import type { Approval } from '../../model/billing/project-work.ts';

/**
 * Reads `Approved`, `Pending`, `Rejected` and their kin. A portal without approval says nothing. What is said in
 * words nobody knows counts as pending: only certain approval bills.
 */
export function approvalOf(text: string | null | undefined): Approval {
  const word = lettersOf(text);
  if (word === '' || word === 'none' || word === 'notneeded' || word === 'notrequired') return 'not-needed';
  if (word === 'approved' || word === 'autoapproved') return 'approved';
  return word === 'rejected' || word === 'autorejected' ? 'rejected' : 'pending';
}

/** Read as `billing_status`, written as `bill_status`: `Billable` against `Non Billable`, in any case and with any dash. */
export function isBillable(text: string | null | undefined): boolean {
  return lettersOf(text) === 'billable';
}

function lettersOf(text: string | null | undefined): string {
  return (text ?? '').toLowerCase().replace(/[^a-z]/g, '');
}
