/**
 * Every way something can fail, by who can act on it. The class decides what a host does (exit code, retry,
 * re-authentication); the code is stable and what scripts and scenario files match on.
 */
export type ErrorClass =
  | 'InvalidRecipe'
  | 'Reconnect'
  | 'Throttled'
  | 'Transient'
  | 'Rejected'
  | 'Conflict'
  | 'Brake'
  | 'Bug';

interface CodeFacts {
  readonly class: ErrorClass;
  readonly next: string;
}

const table = {
  RECIPE_INVALID: {
    class: 'InvalidRecipe',
    next: 'Correct the recipe at the line named; `stackbridge check` lists every fault',
  },
  CONNECTION_MISSING: {
    class: 'InvalidRecipe',
    next: 'Sign in with `stackbridge connect`, or add the system to the connections file',
  },
  CONNECTIONS_INVALID: {
    class: 'InvalidRecipe',
    next: 'Correct the connections file or the environment variable named, or sign in anew with `stackbridge connect`',
  },
  STORE_UNUSABLE: {
    class: 'InvalidRecipe',
    next: 'Use the version of stackbridge that made this home, or restore the whole home folder from a backup',
  },

  SIGN_IN_EXPIRED: { class: 'Reconnect', next: 'Sign in again with `stackbridge connect`' },
  SIGN_IN_REFUSED: {
    class: 'Reconnect',
    next: 'Run `stackbridge connect` again and allow the access on the page that opens',
  },
  VAULT_UNREADABLE: {
    class: 'Reconnect',
    next: 'Bring back the key it was sealed with; where that is lost, `stackbridge connections remove --all` and sign in anew',
  },
  ACCESS_DENIED: {
    class: 'Reconnect',
    next: 'Give the signed-in user the missing permission, or sign in as another user',
  },

  RATE_LIMITED: { class: 'Throttled', next: 'Nothing: the run waits, or goes on later' },
  QUOTA_USED_UP: { class: 'Throttled', next: 'Run again when the daily quota has room' },

  NO_ANSWER: { class: 'Transient', next: 'Nothing: it is read back and tried again' },
  SERVER_ERROR: { class: 'Transient', next: 'Nothing: it is tried again' },
  ROW_LOCKED: { class: 'Transient', next: 'Nothing: it is tried again' },
  LISTING_INCOMPLETE: {
    class: 'Transient',
    next: 'Run again; nothing was deleted and the watermark did not move',
  },
  LEASE_HELD: { class: 'Transient', next: 'Wait for the other run to end' },
  LEASE_LOST: { class: 'Transient', next: 'Run again: another run took over' },
  STORE_UNAVAILABLE: {
    class: 'Transient',
    next: 'Run again when the disk has room and no other process holds the store',
  },
  STOPPED: { class: 'Transient', next: 'Run again to go on where it stopped' },

  VALUE_TOO_LONG: { class: 'Rejected', next: 'Shorten the value, or set `tooLong: cut` on the rule' },
  VALUE_INVALID: { class: 'Rejected', next: 'Correct the value in the record' },
  EMAIL_INVALID: { class: 'Rejected', next: 'Correct the address in the record' },
  CHOICE_UNKNOWN: {
    class: 'Rejected',
    next: 'Add the choice to the target field, or map it with a lookup table',
  },
  FIELD_REQUIRED: { class: 'Rejected', next: 'Fill the field, or give the rule a default' },
  DUPLICATE_FOUND: {
    class: 'Rejected',
    next: 'Merge the duplicates in Salesforce, or let the recipe save them (`salesforce.duplicates: save`)',
  },
  VALIDATION_RULE: {
    class: 'Rejected',
    next: "Correct the record as the organisation's validation rule asks",
  },
  RECORD_GONE: { class: 'Rejected', next: 'Nothing: the next run reads it as deleted' },
  RECORD_LOCKED: { class: 'Rejected', next: 'The record is read-only (a converted lead): edit its contact' },
  MEMBER_COMPLIANCE: { class: 'Rejected', next: 'Only the person can subscribe again, through a form' },
  MEMBER_FORGOTTEN: { class: 'Rejected', next: 'Only the person can subscribe again, through a form' },
  MEMBER_CLEANED: { class: 'Rejected', next: 'Correct the address: mail to it bounced' },
  MEMBER_EXISTS: { class: 'Rejected', next: 'Nothing: it is matched and reconciled' },

  PERSON_UNKNOWN: {
    class: 'Rejected',
    next: 'Nothing, once somebody in Salesforce has the address; or set `unknown: lead` or `unknown: skip`',
  },
  CAMPAIGN_MISSING: {
    class: 'Rejected',
    next: 'Make the campaign in Salesforce, or set `campaigns.create: true`; the next run carries its events over',
  },

  ACCOUNT_UNMAPPED: {
    class: 'Rejected',
    next: 'Add the entry to the account map; `stackbridge accounts` drafts one',
  },
  ACCOUNT_UNUSABLE: {
    class: 'Rejected',
    next: 'Name another account in the account map, or restore this one in Xero',
  },
  TAX_NOT_ALLOWED: { class: 'Rejected', next: 'Name a tax type in the account map that the account allows' },
  TRACKING_UNKNOWN: {
    class: 'Rejected',
    next: 'Add the tracking category or option in Xero, or correct the account map',
  },
  CURRENCY_NOT_SUBSCRIBED: { class: 'Rejected', next: 'Add the currency in Xero' },
  CURRENCY_DIFFERS: { class: 'Rejected', next: 'Bill it by hand, or correct its currency' },
  PERIOD_LOCKED: {
    class: 'Rejected',
    next: 'Move the lock date in Xero, or let the recipe date documents on the day of the run',
  },
  CONTACT_UNUSABLE: { class: 'Rejected', next: 'Restore the contact in Xero, or let the recipe create one' },
  RATE_MISSING: {
    class: 'Rejected',
    next: 'Add a rate to the account map that covers the person and the day',
  },
  PROJECT_MISSING: {
    class: 'Rejected',
    next: 'Make the project or task in Xero, or let the recipe create it (`create: [projects, tasks]`)',
  },
  RATES_DIFFER: {
    class: 'Rejected',
    next: 'Name tasks so that each has one rate, such as `{task} ({person})`, or make the task in Xero',
  },
  TOTAL_DIFFERS: { class: 'Rejected', next: 'Compare the two totals; nothing is changed until they agree' },
  DOCUMENT_TOO_LONG: { class: 'Rejected', next: 'Shorten the text, or group the lines' },
  DOCUMENT_NEGATIVE: {
    class: 'Rejected',
    next: 'Make a credit note in Xero, then answer the proposal with `settled`',
  },

  REJECTED: { class: 'Rejected', next: 'Read what the system said and correct the record' },

  BOTH_CHANGED: { class: 'Conflict', next: 'Choose with `stackbridge conflicts resolve`' },
  CLOCKS_TOO_CLOSE: { class: 'Conflict', next: 'Choose with `stackbridge conflicts resolve`' },
  EDIT_AGAINST_DELETE: {
    class: 'Conflict',
    next: 'Say with `stackbridge conflicts resolve --keep` whose word stands: the deletion or the edit',
  },
  ADDRESS_TAKEN: { class: 'Conflict', next: 'Two records claim one address: correct or merge them' },
  SEVERAL_MATCHES: { class: 'Conflict', next: 'Merge the duplicates, or name an owner in the recipe' },
  OPT_IN_AFTER_OPT_OUT: {
    class: 'Conflict',
    next: 'Say with `stackbridge conflicts resolve --keep` whose word stands; nothing was resubscribed',
  },
  DOCUMENT_CHANGED_BY_PERSON: {
    class: 'Conflict',
    next: 'Bill the difference on the next invoice, or make the change in Xero and answer `settled`',
  },
  DOCUMENT_CLOSED: {
    class: 'Conflict',
    next: 'Bill the difference on the next invoice, or see to it in Xero and answer `settled`',
  },
  DOCUMENT_VOIDED: {
    class: 'Conflict',
    next: 'Free its lines to be billed again, or answer `settled` where they never shall be',
  },
  DOCUMENT_EMPTY: { class: 'Conflict', next: 'Delete the draft in Xero: nothing of it is due any more' },
  DOCUMENT_UNKNOWN: {
    class: 'Conflict',
    next: 'Compare the document in Xero, then answer `settled` where it bills this work',
  },
  EXPENSE_CHARGED: {
    class: 'Conflict',
    next: 'Take the expense off the invoice in Zoho Books, or remove its other charge in Xero and answer `free`',
  },
  LINK_NOT_DUE: {
    class: 'Conflict',
    next: 'Remove the billable expense of the customer from the line in Xero, then answer `free`',
  },

  TIME_ENTRY_CLOSED: {
    class: 'Conflict',
    next: 'See to the difference in Xero, where the entry is locked or invoiced, then answer `settled`',
  },
  TIME_ENTRY_CHANGED: {
    class: 'Conflict',
    next: 'Make the change in Xero, where a person has edited the entry, then answer `settled`',
  },
  TIME_ENTRY_GONE: {
    class: 'Conflict',
    next: 'Answer `free` to have it entered again, or `settled` where it never shall be',
  },
  TIMESHEET_CLOSED: {
    class: 'Conflict',
    next: 'See to the difference in payroll, where the timesheet is approved or paid, then answer `settled`',
  },
  TIMESHEET_CHANGED: {
    class: 'Conflict',
    next: 'Make the change in payroll, where a person has edited the timesheet, then answer `settled`',
  },
  TIMESHEET_GONE: {
    class: 'Conflict',
    next: 'Answer `free` to have it made again, or `settled` where it never shall be',
  },

  BRAKE_SIDE_SHRUNK: { class: 'Brake', next: 'Look whether the listing is whole, then `--allow shrink`' },
  BRAKE_DELETES: { class: 'Brake', next: 'Read the preview, then `--allow deletes`' },
  BRAKE_OVERWRITES: { class: 'Brake', next: 'Read the preview, then `--allow overwrites`' },
  BRAKE_CREATES: { class: 'Brake', next: 'Read the preview, then `--allow creates`' },
  BRAKE_FIELD_MISSING: {
    class: 'Brake',
    next: 'Show the field to the signed-in user, or take its rule out of the recipe',
  },
  BRAKE_FIELD_READ_ONLY: { class: 'Brake', next: 'Make the rule one-way, or the field writable' },
  BRAKE_FIELD_TOO_SHORT: { class: 'Brake', next: 'Lengthen the field, or set `tooLong: cut` on the rule' },
  BRAKE_CHOICES: { class: 'Brake', next: 'Add the missing choices, or map them with a lookup table' },
  BRAKE_CONSENT_HIDDEN: {
    class: 'Brake',
    next: 'Make the opt-out field visible to the signed-in user; nothing is written before',
  },

  BUG: { class: 'Bug', next: 'Report it with the run id' },
} as const satisfies Record<string, CodeFacts>;

export type ErrorCode = keyof typeof table;

export const ERROR_CODES: Readonly<Record<ErrorCode, CodeFacts>> = table;
