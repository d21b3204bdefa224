import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import mapTransform, { transform } from 'map-transform';

/**
 * The same twelve fields to the same payload by the library `map-transform`. It copies values as they are, where our
 * mapping brings each into the form that both sides store and holds it against the field's limits.
 *
 * @param interests ids of the audience's interests by name
 */
export function byMapTransform(
  interests: Readonly<Record<string, string>>,
): (contacts: readonly JsonObject[]) => Promise<unknown> {
  const ids = Object.entries(interests);
  const toFlags = () => (topics: unknown) => {
    const chosen = typeof topics === 'string' ? topics.split(';') : [];
    return Object.fromEntries(ids.map(([name, id]) => [id, chosen.includes(name)]));
  };
  const toBirthday = () => (date: unknown) =>
    typeof date === 'string' ? `${date.slice(5, 7)}/${date.slice(8)}` : '';
  return mapTransform({
    $iterate: true,
    email_address: 'Email',
    merge_fields: {
      FNAME: 'FirstName',
      LNAME: 'LastName',
      PHONE: 'Phone',
      TITLE: 'Title',
      BIRTHDAY: ['Birthdate', transform(toBirthday)],
      COMPANY: 'Account.Name',
      TIER: 'Customer_Tier__c',
      POINTS: 'Loyalty_Points__c',
      WEBSITE: 'Website__c',
    },
    language: 'Preferred_Language__c',
    interests: ['Newsletter_Topics__c', transform(toFlags)],
  });
}
