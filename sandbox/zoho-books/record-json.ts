import { DateTime } from 'luxon';
import type { AccountRecord, BookProjectRecord, ContactRecord, TaxRecord } from './book-records.ts';
import type { Books } from './books.ts';

/** A moment in the organisation's zone, its offset without a colon: `2026-06-09T16:53:07-0400`. */
export function timeText({ organisation }: Books, ms: number): string {
  return DateTime.fromMillis(ms, { zone: organisation.zone }).toFormat("yyyy-MM-dd'T'HH:mm:ssZZZ");
}

export function contactJson(books: Books, contact: ContactRecord): object {
  return {
    contact_id: contact.id,
    contact_name: contact.name,
    company_name: contact.name,
    contact_type: contact.type,
    email: contact.email,
    currency_code: contact.currency,
    status: 'active',
    created_time: timeText(books, contact.createdMs),
    last_modified_time: timeText(books, contact.modifiedMs),
  };
}

export function projectJson(books: Books, project: BookProjectRecord): object {
  const customer = books.contact(project.customerId);
  return {
    project_id: project.id,
    project_name: project.name,
    customer_id: customer.id,
    customer_name: customer.name,
    currency_code: customer.currency,
    billing_type: 'based_on_project_hours',
    rate: Number(project.rate),
    status: 'active',
    created_time: timeText(books, project.createdMs),
  };
}

export function taxJson({ id, name, percentage }: TaxRecord): object {
  return {
    tax_id: id,
    tax_name: name,
    tax_percentage: Number(percentage),
    tax_type: 'tax',
    status: 'Active',
  };
}

export function accountJson({ id, name, code, type, isActive }: AccountRecord): object {
  return {
    account_id: id,
    account_name: name,
    account_code: code,
    account_type: type,
    is_active: isActive,
    is_system_account: false,
  };
}

/** The tax of a line as lines name it; empty where there is none. */
export function lineTaxJson(books: Books, taxId: string | null): object {
  if (taxId === null) return { tax_id: '', tax_name: '', tax_percentage: 0 };
  const { id, name, percentage } = books.tax(taxId);
  return { tax_id: id, tax_name: name, tax_percentage: Number(percentage) };
}
