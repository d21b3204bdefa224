import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EventKind } from '../../model/activity.ts';

/** What makes an event the same one when it is read again. */
export interface EventIdentity {
  readonly campaignId: string;
  readonly kind: EventKind;
  /** As the report words it; absent for a send and an unsubscribe, which there is one of for each mail. */
  readonly timestamp?: string;
  readonly url?: string;
  /** The 32 digits of the member's hash (`email_id`). */
  readonly memberHash: string;
}

/** Gives events of one member their keys: reports have no ids, and the same link can be clicked twice in a second. */
export class EventKeys {
  readonly #counts = new Map<string, number>();

  next({ campaignId, kind, timestamp = '', url = '', memberHash }: EventIdentity): string {
    const what = [campaignId, kind, timestamp, url].join('\n');
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    const moment = bytesToHex(md5(utf8ToBytes(count === 1 ? what : `${what}\n${count}`)));
    return `${moment.slice(0, 16)}${memberHash}`;
  }
}
