import { z } from 'zod';
import { Flag, listOf, Text } from '../../wire/input.ts';

const AddressInput = z.object({
  AddressType: Text,
  AddressLine1: Text,
  AddressLine2: Text,
  AddressLine3: Text,
  AddressLine4: Text,
  City: Text,
  Region: Text,
  PostalCode: Text,
  Country: Text,
  AttentionTo: Text,
});
const PhoneInput = z.object({
  PhoneType: Text,
  PhoneNumber: Text,
  PhoneAreaCode: Text,
  PhoneCountryCode: Text,
});
const PersonInput = z.object({ FirstName: Text, LastName: Text, EmailAddress: Text, IncludeInEmails: Flag });

/** A contact as requests give it. */
export const ContactInput = z.object({
  ContactID: Text,
  ContactNumber: Text,
  AccountNumber: Text,
  ContactStatus: Text,
  Name: Text,
  FirstName: Text,
  LastName: Text,
  CompanyNumber: Text,
  EmailAddress: Text,
  TaxNumber: Text,
  BankAccountDetails: Text,
  AccountsReceivableTaxType: Text,
  AccountsPayableTaxType: Text,
  SalesDefaultAccountCode: Text,
  PurchasesDefaultAccountCode: Text,
  DefaultCurrency: Text,
  Addresses: listOf(AddressInput),
  Phones: listOf(PhoneInput),
  ContactPersons: listOf(PersonInput),
});
export type ContactInput = z.infer<typeof ContactInput>;
