/** The five-bit checksum alphabet of 18-character ids. */
const CHECKSUM_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a record id. The 15-character form is case-sensitive; the three characters more tell
 * which of each five letters are upper-case. Undefined for what is no id, or whose checksum does not fit.
 */
export function toLongId(id: string): string | undefined {
  if (!/^[a-zA-Z0-9]{15}([A-Z0-5]{3})?$/.test(id)) return undefined;
  const long = id.slice(0, 15) + checksum(id);
  return id.length === 15 || id === long ? long : undefined;
}

function checksum(id: string): string {
  let text = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let at = 0; at < 5; at++) {
      const code = id.charCodeAt(block + at);
      if (code >= 65 && code <= 90) bits |= 1 << at;
    }
    text += CHECKSUM_DIGITS.charAt(bits);
  }
  return text;
}

/** People in a CRM. A lead that is converted lives on as a contact. */
export type PersonObject = 'Contact' | 'Lead';

/** What an id is an id of, by its key prefix; undefined for every other object. */
export function personObjectOf(id: string): PersonObject | undefined {
  if (id.startsWith('003')) return 'Contact';
  if (id.startsWith('00Q')) return 'Lead';
  return undefined;
}
