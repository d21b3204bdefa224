import type { AddressPart, FieldSchema } from '../../model/field-schema.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Side } from '../../model/side.ts';
import { partsAreNested } from '../columns.ts';
import { isJsonObject, readerAt, writerAt } from '../json-path.ts';
import { Unwritable } from '../unwritable.ts';
import { type Capacity, capacityOf, cutToFit, fits } from './capacity.ts';
import type { FieldPair, SideAccess } from './codec.ts';
import { countryCode, countryName } from './country.ts';
import { isPlain, textOf } from './tidy-text.ts';

/** Lines of a canonical address, in order; a missing part is an empty line. */
const LINES = ['street', 'street2', 'city', 'state', 'postalCode', 'country'] as const;

/** What Mailchimp stores where an address is sent without a country. */
const COUNTRY_UNLESS_SAID = 'US';

type Parts = Record<AddressPart, string>;

/**
 * Postal addresses. Canonical: six lines (street, rest of the street, city, state, postal code, ISO country code).
 *
 * A field that takes only complete addresses (Mailchimp: street, city, state, postal code) narrows the pair: an
 * incomplete address counts as none on both sides. So it stays where it is, since the other side is as empty as it.
 */
export function addressAccess(pair: FieldPair): Readonly<Record<Side, SideAccess>> {
  const canonical = canonicalAddress(pair);
  return {
    left: { read: readAddress(pair.left, canonical), write: writeAddress(pair.left) },
    right: { read: readAddress(pair.right, canonical), write: writeAddress(pair.right) },
  };
}

function canonicalAddress(pair: FieldPair): (parts: Parts) => string {
  const required = [...new Set([...(pair.left.requiredParts ?? []), ...(pair.right.requiredParts ?? [])])];
  const noCountry = required.length > 0 ? COUNTRY_UNLESS_SAID : '';
  const limits = pair.tooLong === 'cut' ? narrowestParts(pair) : undefined;
  return (whole) => {
    const parts = limits === undefined ? whole : cutParts(whole, limits);
    for (const part of required) if (parts[part] === '') return '';
    const { street, street2, city, state, postalCode } = parts;
    const country = parts.country === '' ? noCountry : parts.country;
    const text = `${street}\n${street2}\n${city}\n${state}\n${postalCode}\n${country}`;
    return text.length === LINES.length - 1 ? '' : text;
  };
}

function readAddress(field: FieldSchema, canonical: (parts: Parts) => string): SideAccess['read'] {
  const isNested = partsAreNested(field);
  const whole = isNested ? readerAt(field.path) : (values: JsonObject) => values;
  const depth = isNested ? field.path.length : 0;
  const part = (name: AddressPart): ((values: JsonObject) => string) => {
    const path = field.parts?.[name];
    if (path === undefined) return () => '';
    const read = readerAt(path.slice(depth));
    return (values) => {
      const raw = read(values);
      if (isPlain(raw)) return raw;
      const text = textOf(raw);
      return name === 'street' || !text.includes('\n') ? text : linesOf(text).join(' ');
    };
  };
  const [street, street2, city] = [part('street'), part('street2'), part('city')];
  const [state, postalCode, country] = [part('state'), part('postalCode'), part('country')];
  return (values) => {
    const at = whole(values);
    if (!isJsonObject(at)) return '';
    const parts: Parts = {
      street: street(at),
      street2: street2(at),
      city: city(at),
      state: state(at),
      postalCode: postalCode(at),
      country: countryOf(country(at)),
    };
    if (parts.street === '' || parts.street.includes('\n')) splitStreet(parts);
    return canonical(parts);
  };
}

/** A street of several lines: the first, and the others in one. */
function splitStreet(parts: Parts): void {
  const lines = linesOf(parts.street);
  if (parts.street2 !== '') lines.push(parts.street2);
  parts.street = lines[0] ?? '';
  parts.street2 = lines.slice(1).join(', ');
}

function countryOf(text: string): string {
  return text === '' ? '' : countryCode(text);
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function writeAddress(field: FieldSchema): SideAccess['write'] {
  const isNested = partsAreNested(field);
  const depth = isNested ? field.path.length : 0;
  const writers = LINES.flatMap((part) => {
    const path = field.parts?.[part];
    if (path === undefined) return [];
    const tooLong = new Unwritable('VALUE_TOO_LONG', `${field.name} cannot hold so long a ${part}`);
    return [{ part, put: writerAt(path.slice(depth)), own: partCapacity(field, part), tooLong }];
  });
  const putNested = writerAt(field.path);
  const clear = isNested ? [putNested] : writers.map(({ put }) => put);
  const joinsStreets = field.parts?.street2 === undefined;
  const keepsCodes = keepsCountryCodes(field);
  const noAddress = new Unwritable('VALUE_INVALID', `${field.name} takes only an address`);
  return (canonical, payload) => {
    if (canonical === '') {
      for (const put of clear) put(payload, field.empty);
      return undefined;
    }
    const parts = partsOf(canonical);
    if (parts === undefined) return noAddress;
    if (joinsStreets && parts.street2 !== '') parts.street += `\n${parts.street2}`;
    if (!keepsCodes) parts.country = countryName(parts.country);
    for (const { part, own, tooLong } of writers) if (!fits(parts[part], own)) return tooLong;
    const address = isNested ? {} : payload;
    for (const { part, put } of writers) put(address, parts[part] === '' ? field.empty : parts[part]);
    if (isNested) putNested(payload, address);
    return undefined;
  };
}

function partsOf(canonical: string): Parts | undefined {
  const street = canonical.indexOf('\n');
  const street2 = canonical.indexOf('\n', street + 1);
  const city = canonical.indexOf('\n', street2 + 1);
  const state = canonical.indexOf('\n', city + 1);
  const postalCode = canonical.indexOf('\n', state + 1);
  if (street < 0 || street2 <= street || city <= street2 || state <= city || postalCode <= state)
    return undefined;
  return {
    street: canonical.slice(0, street),
    street2: canonical.slice(street + 1, street2),
    city: canonical.slice(street2 + 1, city),
    state: canonical.slice(city + 1, state),
    postalCode: canonical.slice(state + 1, postalCode),
    country: canonical.slice(postalCode + 1),
  };
}

/**
 * Mailchimp keeps country codes, as does a Salesforce org with country picklists (`MailingCountryCode`); other
 * Salesforce fields hold the names that people read.
 */
function keepsCountryCodes(field: FieldSchema): boolean {
  return (field.requiredParts ?? []).length > 0 || field.parts?.country?.at(-1)?.endsWith('Code') === true;
}

function partCapacity(field: FieldSchema, part: AddressPart): Capacity {
  const maxLength = field.partLengths?.[part];
  return capacityOf(maxLength === undefined ? field : { maxLength, lengthUnit: field.lengthUnit });
}

type PartLimits = Readonly<Record<AddressPart, Capacity>>;

/** What each part may hold for both fields to store it. The second street line has to fit behind the first where they share a field. */
function narrowestParts(pair: FieldPair): PartLimits {
  const narrowest = (part: AddressPart): Capacity => {
    const left = partCapacity(pair.left, part);
    const right = partCapacity(pair.right, part);
    return {
      characters: Math.min(left.characters, right.characters),
      bytes: Math.min(left.bytes, right.bytes),
    };
  };
  return {
    street: narrowest('street'),
    street2: narrowest('street2'),
    city: narrowest('city'),
    state: narrowest('state'),
    postalCode: narrowest('postalCode'),
    country: narrowest('country'),
  };
}

function cutParts(parts: Parts, limits: PartLimits): Parts {
  const street = cutToFit(parts.street, limits.street);
  const room = limits.street.characters - street.length - 1;
  return {
    street,
    street2: cutToFit(parts.street2, {
      characters: Math.max(0, Math.min(limits.street2.characters, room)),
      bytes: limits.street2.bytes,
    }),
    city: cutToFit(parts.city, limits.city),
    state: cutToFit(parts.state, limits.state),
    postalCode: cutToFit(parts.postalCode, limits.postalCode),
    country: cutToFit(parts.country, limits.country),
  };
}
