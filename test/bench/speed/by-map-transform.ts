import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import mapTransform, { transform } from 'map-transform';

/**
 * The same twelve fields to the same payload by the library `map-transform`, as one would write it: texts trimmed, the
 * address in lower case, the set spread out. Our mapping also brings phones, numbers, choices and web addresses into
 * the form that both sides store, and holds each value against its field's limits.
 *
 * @param interests ids of the audience's interests by name
 */
export function byMapTransform(
  interests: Readonly<Record<string, string>>,
): (contacts: readonly JsonObject[]) => Promise<unknown> {
  const ids = Object.entries(interests);
  const text = (path: string) => [path, transform(() => trimmed)];
  const toFlags = () => (topics: unknown) => {
    const chosen = typeof topics === 'string' ? topics.split(';') : [];
    return Object.fromEntries(ids.map(([name, id]) => [id, chosen.includes(name)]));
  };
  return mapTransform({
    $iterate: true,
    email_address: ['Email', transform(() => lowerCase)],
    language: text('Preferred_Language__c'),
    merge_fields: {
      FNAME: text('FirstName'),
      LNAME: text('LastName'),
      PHONE: text('Phone'),
      TITLE: text('Title'),
      BIRTHDAY: ['Birthdate', transform(() => monthAndDay)],
      COMPANY: text('Account.Name'),
      TIER: text('Customer_Tier__c'),
      POINTS: 'Loyalty_Points__c',
      WEBSITE: text('Website__c'),
    },
    interests: ['Newsletter_Topics__c', transform(toFlags)],
  });
}

function trimmed(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function lowerCase(value: unknown): string {
  return trimmed(value).toLowerCase();
}

function monthAndDay(date: unknown): string {
  return typeof date === 'string' ? `${date.slice(5, 7)}/${date.slice(8)}` : '';
}
