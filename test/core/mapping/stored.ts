import type { JsonObject, JsonValue } from '@stackbridge/shared-mappers/model/json.ts';
import type { Side } from '@stackbridge/shared-mappers/model/side.ts';

/** A payload as the system holds it afterwards and answers it when read. */
export function stored(side: Side, payload: JsonObject): JsonObject {
  return side === 'left' ? mapValues(payload, storedBySalesforce) : mapValues(payload, storedByMailchimp);
}

function mapValues(object: JsonObject, change: (value: JsonValue, key: string) => JsonValue): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, value === undefined ? null : change(value, key)]),
  );
}

/** Trims texts, holds nothing for blank ones, and lists the choices of a multi-select in its own order. */
function storedBySalesforce(value: JsonValue, key: string): JsonValue {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (text === '') return null;
  return key.endsWith('s__c') && text.includes(';') ? text.split(';').reverse().join(';') : text;
}

function storedByMailchimp(value: JsonValue, key: string): JsonValue {
  if (key === 'merge_fields' && isObject(value)) return mapValues(value, storedMergeValue);
  if (key === 'tags' && Array.isArray(value)) return storedTags(value);
  return typeof value === 'string' ? value.trim() : value;
}

/** Trims; an address without a country is in the United States. */
function storedMergeValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.trim();
  if (!isObject(value)) return value;
  const address = mapValues(value, (part) => (typeof part === 'string' ? part.trim() : part));
  return { ...address, country: address.country === '' ? 'US' : (address.country ?? 'US') };
}

/** Tags come back with ids, in an order of their own; what was switched off is gone. */
function storedTags(tags: readonly JsonValue[]): JsonValue {
  return tags
    .map((tag) => (isObject(tag) ? tag : { name: tag, status: 'active' }))
    .filter((tag) => tag.status === 'active')
    .map((tag, at) => ({ id: at, name: tag.name }))
    .reverse();
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
