const WORDS: Readonly<Record<string, string>> = {
  changed: 'changed on the other side',
  'first-contact': 'fills a gap at first contact',
  enforced: 'one-way rule: put back',
  'policy:left': 'Salesforce is the system of record',
  'policy:right': 'Mailchimp is the system of record',
  'policy:newest': 'the newer edit wins',
  'policy:non-empty': 'a value beats an empty one',
  'policy:union': 'sets are united',
  decision: 'as decided by a person',
  'opt-out': 'an opt-out wins over everything',
  resubscribed: 'the person subscribed again',
  deleted: 'deleted on the other side',
  'new-record': 'new record',
};

/** Why a value is written, for people. */
export function reasonInWords(reason: string): string {
  return WORDS[reason] ?? reason;
}
