import type { Address, MergeValue } from './member.ts';
import type { MergeField } from './merge-fields.ts';
import type { FieldFault } from './problem.ts';

/** Longest text of a merge field, in bytes of UTF-8. */
const MOST_BYTES = 255;

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const US_DATE = /^(\d{2})\/(\d{2})\/(\d{4})$/;
const BIRTHDAY = /^(\d{2})\/(\d{2})$/;
/** Of a leap year: 29 February is a birthday. */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const US_PHONE = /^(?:\(\d{3}\) |\d{3}-)\d{3}-\d{4}$/;
const WEB_ADDRESS = /^(?:https?:\/\/)?(?:[^\s/.@]+\.)+[^\s/.@]{2,}(?:[/?#]\S*)?$/iu;
const ZIP = /^\d{5}(?:-\d{4})?$/;

/** A value as it would be stored, or what Mailchimp says against it. `undefined` is the empty value. */
export type ReadValue = { value: MergeValue | undefined } | { fault: string };

const EMPTY: ReadValue = { value: undefined };

/** Reads one sent value as the API does: `""` empties, text is trimmed, the rest must fit the field's type. */
function readMergeValue(field: MergeField, raw: unknown): ReadValue {
  if (raw === '') return EMPTY;
  if (field.type === 'address') return readAddress(raw);
  if (typeof raw !== 'string' && typeof raw !== 'number') {
    return { fault: 'Data did not match any of the schemas described in anyOf.' };
  }
  const text = String(raw).trim();
  return text === '' ? EMPTY : readText(field, text);
}

function readText(field: MergeField, text: string): ReadValue {
  switch (field.type) {
    case 'number': {
      const number = Number(text);
      return Number.isFinite(number) ? { value: number } : { fault: 'Please enter a number' };
    }
    case 'date': {
      const date = readDate(text);
      return date === undefined ? { fault: 'Please enter a valid date' } : { value: date };
    }
    case 'birthday':
      return isBirthday(text) ? { value: text } : { fault: 'Please enter a month (01-12) and a day (01-31)' };
    case 'dropdown':
    case 'radio': {
      const choices = field.options.choices ?? [];
      return choices.includes(text)
        ? { value: text }
        : { fault: `Value must be one of: ${choices.join(', ')} (not ${text})` };
    }
    case 'phone':
      if (field.options.phone_format === 'US' && !US_PHONE.test(text)) {
        return { fault: 'Please enter a valid phone number' };
      }
      return shortEnough(text);
    case 'zip':
      return ZIP.test(text) ? { value: text } : { fault: 'A 5 digit zip code is required' };
    case 'url':
    case 'imageurl':
      return WEB_ADDRESS.test(text) ? shortEnough(text) : { fault: 'Please enter a valid URL' };
    case 'text':
    case 'address':
      return shortEnough(text);
  }
}

function shortEnough(text: string): ReadValue {
  // No character takes more than three bytes per UTF-16 unit: short texts need no counting.
  if (text.length * 3 <= MOST_BYTES || Buffer.byteLength(text) <= MOST_BYTES) return { value: text };
  return { fault: `Please enter no more than ${MOST_BYTES} bytes` };
}

function readDate(text: string): string | undefined {
  const iso = ISO_DATE.exec(text);
  const us = iso === null ? US_DATE.exec(text) : null;
  const [year, month, day] =
    iso !== null ? [iso[1], iso[2], iso[3]] : us !== null ? [us[3], us[1], us[2]] : [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const instant = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const exists = !Number.isNaN(instant.getTime()) && instant.getUTCDate() === Number(day);
  return exists ? `${year}-${month}-${day}` : undefined;
}

function isBirthday(text: string): boolean {
  const match = BIRTHDAY.exec(text);
  if (match === null) return false;
  const month = Number(match[1]);
  const day = Number(match[2]);
  return day >= 1 && day <= (MONTH_DAYS[month - 1] ?? 0);
}

function readAddress(raw: unknown): ReadValue {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return { fault: 'Please enter a complete address' };
  }
  const address = tidyAddress(raw);
  const { addr1, addr2, city, state, zip } = address;
  if (addr1 === '' && addr2 === '' && city === '' && state === '' && zip === '') return EMPTY;
  if (addr1 === '' || city === '' || state === '' || zip === '') {
    return { fault: 'Please enter a complete address' };
  }
  return { value: address };
}

/** The six parts of an address as they are stored: trimmed, absent parts empty, the country US by default. */
export function tidyAddress(raw: object): Address {
  const parts = new Map(Object.entries(raw));
  const part = (name: string): string => {
    const value: unknown = parts.get(name);
    return value === undefined || value === null ? '' : String(value).trim();
  };
  return {
    addr1: part('addr1'),
    addr2: part('addr2'),
    city: part('city'),
    state: part('state'),
    zip: part('zip'),
    country: part('country') === '' ? 'US' : part('country'),
  };
}

/**
 * Reads the `merge_fields` of a request onto the values a member has. Unknown tags are ignored, as recorded.
 * @param required whether fields marked required must end up with a value
 * @returns the new values and whether any changed, or every fault found
 */
export function mergeOnto(
  fields: readonly MergeField[],
  current: ReadonlyArray<MergeValue | undefined>,
  sent: Readonly<Record<string, unknown>> | undefined,
  required: boolean,
): { merge: ReadonlyArray<MergeValue | undefined>; changed: boolean } | { faults: FieldFault[] } {
  let merge: Array<MergeValue | undefined> | undefined;
  let faults: FieldFault[] | undefined;
  for (const field of fields) {
    const raw = sent?.[field.tag];
    if (raw !== undefined) {
      const read = readMergeValue(field, raw);
      if ('fault' in read) {
        faults ??= [];
        faults.push({ field: field.tag, message: read.fault });
        continue;
      }
      if (!isSameValue(current[field.slot], read.value)) {
        merge ??= [...current];
        merge[field.slot] = read.value;
      }
    }
    if (required && field.required && (merge ?? current)[field.slot] === undefined) {
      faults ??= [];
      faults.push({ field: field.tag, message: 'Please enter a value' });
    }
  }
  if (faults !== undefined) return { faults };
  return { merge: merge ?? current, changed: merge !== undefined };
}

function isSameValue(a: MergeValue | undefined, b: MergeValue | undefined): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return (
    a.addr1 === b.addr1 &&
    a.addr2 === b.addr2 &&
    a.city === b.city &&
    a.state === b.state &&
    a.zip === b.zip &&
    a.country === b.country
  );
}
