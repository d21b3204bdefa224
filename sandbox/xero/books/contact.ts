export interface ContactAddress {
  readonly type: 'STREET' | 'POBOX';
  readonly line1: string;
  readonly line2: string;
  readonly line3: string;
  readonly line4: string;
  readonly city: string;
  readonly region: string;
  readonly postalCode: string;
  readonly country: string;
  readonly attentionTo: string;
}

export const PHONE_TYPES = ['DDI', 'DEFAULT', 'FAX', 'MOBILE'] as const;

export interface ContactPhone {
  readonly type: (typeof PHONE_TYPES)[number];
  readonly number: string;
  readonly areaCode: string;
  readonly countryCode: string;
}

export interface ContactPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly includeInEmails: boolean;
}

export interface Contact {
  readonly id: string;
  /** The key of an outside system, '' for none; unique, seen by the API only. */
  readonly number: string;
  readonly accountNumber: string;
  readonly status: 'ACTIVE' | 'ARCHIVED';
  /** Unique among active contacts, without regard to case. */
  readonly name: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly companyNumber: string;
  readonly email: string;
  readonly taxNumber: string;
  readonly bankAccountDetails: string;
  readonly salesTaxType: string;
  readonly purchasesTaxType: string;
  readonly salesAccountCode: string;
  readonly purchasesAccountCode: string;
  readonly defaultCurrency: string;
  readonly addresses: readonly ContactAddress[];
  readonly phones: readonly ContactPhone[];
  readonly persons: readonly ContactPerson[];
  readonly isSupplier: boolean;
  readonly isCustomer: boolean;
  /** Of one that was merged: the contact that has all its documents since. */
  readonly mergedIntoId?: string;
  readonly updatedMs: number;
}

/** How names are compared for being taken. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase();
}
