import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** The form in which Mailchimp takes two addresses for the same. */
export function addressKey(email: string): string {
  return email.trim().toLowerCase();
}

/** Names a member in paths by its address: 32 hex digits. Moves when the address changes, `contact_id` does not. */
export function subscriberHash(email: string): string {
  return bytesToHex(md5(utf8ToBytes(addressKey(email))));
}
