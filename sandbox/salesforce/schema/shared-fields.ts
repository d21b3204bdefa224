import {
  checkbox,
  date,
  datetime,
  type Field,
  field,
  picklist,
  READ_ONLY,
  reference,
  text,
  textarea,
  UNSECURED,
} from './field.ts';

const KEPT_BY_SERVER = { ...READ_ONLY, ...UNSECURED, nillable: false, defaultedOnCreate: true } as const;
const SEEN_BY_SERVER = { ...READ_ONLY, ...UNSECURED } as const;

/** The fields that the server keeps on every object. */
export function systemFields(label: string): Field[] {
  return [
    field('id', 'Id', `${label} ID`, { ...KEPT_BY_SERVER, length: 18, idLookup: true }),
    checkbox('IsDeleted', 'Deleted', KEPT_BY_SERVER),
    datetime('CreatedDate', 'Created Date', KEPT_BY_SERVER),
    reference('CreatedById', 'Created By ID', ['User'], 'CreatedBy', KEPT_BY_SERVER),
    datetime('LastModifiedDate', 'Last Modified Date', KEPT_BY_SERVER),
    reference('LastModifiedById', 'Last Modified By ID', ['User'], 'LastModifiedBy', KEPT_BY_SERVER),
    datetime('SystemModstamp', 'System Modstamp', KEPT_BY_SERVER),
  ];
}

/** Owner, and the dates of use that the screens keep. */
export function usageFields(owners: readonly string[] = ['User']): Field[] {
  return [
    reference('OwnerId', 'Owner ID', owners, 'Owner', {
      ...UNSECURED,
      nillable: false,
      defaultedOnCreate: true,
    }),
    date('LastActivityDate', 'Last Activity', SEEN_BY_SERVER),
    datetime('LastViewedDate', 'Last Viewed Date', SEEN_BY_SERVER),
    datetime('LastReferencedDate', 'Last Referenced Date', SEEN_BY_SERVER),
  ];
}

/** What marks the loser of a merge: the id of the record that won. */
export function mergeField(object: string): Field {
  return reference('MasterRecordId', 'Master Record ID', [object], 'MasterRecord', SEEN_BY_SERVER);
}

/** The parts of a person's name and the name made of them. */
export function personNameFields(): Field[] {
  const part = { ...UNSECURED, compoundFieldName: 'Name', extraTypeInfo: 'personname' } as const;
  return [
    text('LastName', 'Last Name', 80, { ...part, nillable: false }),
    text('FirstName', 'First Name', 40, part),
    picklist('Salutation', 'Salutation', ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.'], part),
    text('Name', 'Full Name', 121, {
      ...SEEN_BY_SERVER,
      nillable: false,
      nameField: true,
      extraTypeInfo: 'personname',
    }),
  ];
}

const GEOCODE_ACCURACIES = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
];

/** An address and its parts: `addressFields('Mailing')` gives MailingStreet … MailingAddress. */
export function addressFields(prefix = ''): Field[] {
  const part = { compoundFieldName: `${prefix}Address` };
  const label = (name: string): string => `${prefix} ${name}`.trimStart();
  const geo = { ...part, precision: 18, scale: 15 };
  return [
    textarea(`${prefix}Street`, label('Street'), 255, part),
    text(`${prefix}City`, label('City'), 40, part),
    text(`${prefix}State`, label('State/Province'), 80, part),
    text(`${prefix}PostalCode`, label('Zip/Postal Code'), 20, part),
    text(`${prefix}Country`, label('Country'), 80, part),
    field('double', `${prefix}Latitude`, label('Latitude'), geo),
    field('double', `${prefix}Longitude`, label('Longitude'), geo),
    picklist(`${prefix}GeocodeAccuracy`, label('Geocode Accuracy'), GEOCODE_ACCURACIES, {
      ...part,
      restrictedPicklist: true,
    }),
    field('address', `${prefix}Address`, label('Address'), READ_ONLY),
  ];
}

export const LEAD_SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];

export const INDUSTRIES = [
  'Agriculture',
  'Apparel',
  'Banking',
  'Biotechnology',
  'Chemicals',
  'Communications',
  'Construction',
  'Consulting',
  'Education',
  'Electronics',
  'Energy',
  'Engineering',
  'Entertainment',
  'Environmental',
  'Finance',
  'Food & Beverage',
  'Government',
  'Healthcare',
  'Hospitality',
  'Insurance',
  'Machinery',
  'Manufacturing',
  'Media',
  'Not For Profit',
  'Recreation',
  'Retail',
  'Shipping',
  'Technology',
  'Telecommunications',
  'Transportation',
  'Utilities',
  'Other',
];

/** Where the data-cleaning service left its mark. */
export function cleaningFields(): Field[] {
  const labels = {
    Matched: 'In Sync',
    Different: 'Different',
    Acknowledged: 'Reviewed',
    NotFound: 'Not Found',
    Inactive: 'Inactive',
    Pending: 'Not Compared',
    SelectMatch: 'Select Match',
    Skipped: 'Skipped',
  };
  const picklistValues = Object.entries(labels).map(([value, label]) => ({
    value,
    label,
    active: true,
    defaultValue: false,
  }));
  return [
    text('Jigsaw', 'Data.com Key', 20),
    picklist('CleanStatus', 'Clean Status', [], { picklistValues, restrictedPicklist: true }),
  ];
}
