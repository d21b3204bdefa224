/** A pair has two sides. In a contact recipe the left is the CRM, the right the mailing tool. */
export type Side = 'left' | 'right';

export const SIDES: readonly Side[] = ['left', 'right'];

export function otherSide(side: Side): Side {
  return side === 'left' ? 'right' : 'left';
}

export type SystemName = 'salesforce' | 'mailchimp' | 'zoho-projects' | 'zoho-books' | 'xero';
