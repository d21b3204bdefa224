/** A moment as milliseconds since 1970-01-01T00:00:00Z. Vendors' clocks and ours are never assumed equal. */
export type Instant = number;

/** `2026-11-23T08:00:00Z`: what both Salesforce's SOQL and Mailchimp's query parameters accept. */
export function toIsoSeconds(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/**
 * Reads the vendors' spellings: `…+0000` (Salesforce has no colon), `…+00:00`, `…Z`.
 * Returns undefined for anything that is not a moment.
 */
export function parseInstant(text: string): Instant | undefined {
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? undefined : at;
}
