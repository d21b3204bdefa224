import type { Side, SystemName } from './side.ts';

/** What a field is, whatever its system calls it. */
export const FIELD_KINDS = [
  'id',
  'text',
  'number',
  'boolean',
  'date',
  'datetime',
  'birthday',
  'email',
  'phone',
  'url',
  'picklist',
  'set',
  'address',
  'status',
] as const;

export type FieldKind = (typeof FIELD_KINDS)[number];

export type AddressPart = 'street' | 'street2' | 'city' | 'state' | 'postalCode' | 'country';

/** One field as the account describes it today. Connectors make these; mapping reads nothing else about a system. */
export interface FieldSchema {
  /** As a recipe writes it: `FirstName`, `MailingAddress`, `FNAME`, `email_address`, `interests.Topics`, `tags`. */
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  /** Where the value stands in a record's JSON and in a payload: `['merge_fields', 'FNAME']`. */
  readonly path: readonly string[];
  /** For compound addresses: where each part stands. Parts a system lacks are absent. */
  readonly parts?: Readonly<Partial<Record<AddressPart, readonly string[]>>>;
  /** Parts without which the system refuses the whole address (Mailchimp: street, city, state, postalCode). */
  readonly requiredParts?: readonly AddressPart[];
  readonly creatable: boolean;
  readonly updatable: boolean;
  /** The system refuses a new record without it and fills in no default. */
  readonly required: boolean;
  readonly unique: boolean;
  /** Longest value it stores; absent where there is no limit. */
  readonly maxLength?: number;
  /** Salesforce counts characters (UTF-16 units), Mailchimp bytes of UTF-8. */
  readonly lengthUnit: 'characters' | 'bytes';
  /** Longest value of each address part. */
  readonly partLengths?: Readonly<Partial<Record<AddressPart, number>>>;
  /** Digits after the decimal point that a number keeps. */
  readonly scale?: number;
  readonly choices?: readonly string[];
  /** True where a value outside `choices` is refused. */
  readonly restricted: boolean;
  /** What an empty value looks like on the wire. */
  readonly empty: null | '';
  /** How a set stands on the wire: `a;b` (Salesforce), names in a list (tags), `{id: true}` (interests). */
  readonly setShape?: 'semicolons' | 'names' | 'flags';
  /** For `flags`: the id that stands for each choice. */
  readonly choiceIds?: Readonly<Record<string, string>>;
  /** Mailchimp phone fields of the US format accept only `(555) 555-1234`. */
  readonly phoneFormat?: 'us' | 'international';
}

export interface ObjectSchema {
  /** A side's name where it is no system that we know. */
  readonly system: SystemName | Side;
  /** `Contact`, `Lead`, or the audience id. */
  readonly object: string;
  readonly label: string;
  readonly fields: ReadonlyMap<string, FieldSchema>;
}
