/** What is amiss in seeded records, as a consultant would say it. */
const MESS: Readonly<Record<string, string>> = {
  'name-case': 'names in CAPITALS or in small letters',
  blanks: 'stray blanks around names',
  'email-case': 'addresses that differ in their capitals',
  decomposed: 'accents stored in another Unicode form',
  emoji: 'emoji in names',
  'phone-format': 'phone numbers in every style',
  'bad-phone': 'phone numbers that are none',
  'long-text': 'texts longer than Mailchimp keeps',
  'long-first-name': 'first names longer than Salesforce keeps',
  'two-line-street': 'streets of two lines',
  'incomplete-address': 'postal addresses with parts missing',
  'duplicate-contact': 'contacts that exist twice',
  'shared-address': 'colleagues who share one address',
  'second-address': 'people with a second address in Mailchimp',
  'missing-email': 'contacts without any address',
  'fake-email': 'made-up addresses',
  'long-email': 'addresses too long for Salesforce',
  'half-filled': 'records half filled in',
  stale: 'values out of date on one side',
  'crm-opt-out': 'opted out in Salesforce, still subscribed',
  'opt-out-on-both': 'opted out on both sides',
  'newsletter-opt-out': 'opted out of the newsletter alone',
  unsubscribed: 'unsubscribed in Mailchimp, unknown to Salesforce',
  'unsubscribed-by-admin': 'unsubscribed by a colleague',
  cleaned: 'bounced for good',
  pending: 'never confirmed',
  archived: 'archived in Mailchimp',
};

/** What happens to people in a day. */
const DAY: Readonly<Record<string, string>> = {
  'contact-edited': 'edited in Salesforce',
  'member-edited': 'edited in Mailchimp',
  'contact-emptied': 'had a field emptied in Salesforce',
  'member-emptied': 'had a field emptied in Mailchimp',
  'contact-topics': 'got other topics in Salesforce',
  'member-topics': 'chose other topics in Mailchimp',
  'same-field-on-both': 'had one field changed on both sides, differently',
  'different-fields-on-both': 'had different fields changed on both sides',
  'same-value-on-both': 'got the same new value on both sides',
  'contact-created': 'were added in Salesforce',
  'member-joined': 'joined in Mailchimp',
  'joined-on-both': 'appeared on both sides at once',
  'contact-opted-out': 'were opted out in Salesforce',
  'member-unsubscribed': 'unsubscribed in Mailchimp',
  'unsubscribed-while-edited': 'unsubscribed while Salesforce edited the name',
  'member-cleaned': 'bounced for good',
  'member-resubscribed': 'subscribed again after opting out',
  'contact-address-changed': 'moved to another address in Salesforce',
  'member-address-changed': 'moved to another address in Mailchimp',
  'address-taken': 'were given an address that somebody else has',
  'contact-deleted': 'were deleted in Salesforce',
  'member-archived': 'were archived in Mailchimp',
  'member-deleted-for-good': 'were deleted for good in Mailchimp',
  'deleted-while-edited': 'were deleted in Salesforce while Mailchimp edited them',
  'contacts-merged': 'were merged with a duplicate',
  'lead-converted': 'turned from lead into contact',
};

export function messInWords(kind: string): string {
  return MESS[kind] ?? kind;
}

export function happeningInWords(kind: string): string {
  return DAY[kind] ?? kind;
}
