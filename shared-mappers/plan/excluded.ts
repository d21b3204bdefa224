import type { SubjectPlan, SubjectRef } from './subject-plan.ts';

/** Why a record is left out. These words stand in previews, `status` and scenario files. */
export type ExclusionReason =
  | 'no email address'
  | 'no record in Mailchimp, and the recipe does not create there'
  | 'no record in Salesforce, and the recipe does not create there'
  | 'opted out, and not in the audience'
  | 'not confirmed by the person yet'
  | 'bounced for good, and not in Salesforce'
  | 'archived in Mailchimp'
  | 'archived in Mailchimp, and not in Salesforce'
  | 'permanently deleted in Mailchimp'
  | 'deleted in Salesforce'
  | 'kept by another record type'
  | 'belongs to another member'
  | "its address is that of another record's member"
  | 'outside the filter in Salesforce'
  | 'older than what the record has already taken in';

/** The member with its address is another record's, which does not share it or is of another type. */
export const ADDRESS_OF_ANOTHER = "its address is that of another record's member";

export function excluded(
  subject: SubjectRef,
  reason: ExclusionReason,
  remember: SubjectPlan['remember'] = [],
): SubjectPlan {
  return { subject, outcome: 'excluded', excludedBecause: reason, operations: [], remember, issues: [] };
}
