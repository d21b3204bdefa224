import { subscriberHash } from './email-address.ts';
import type { Member } from './member.ts';

const HASH = /^[0-9a-f]{32}$/;

/** The members of one audience, found by hash, address or contact id, and kept in the order they changed. */
export class MemberStore {
  /** Moves on every change; what is cached about the members belongs to one version. */
  version = 0;
  #byHash = new Map<string, Member>();
  /** In order of joining, which no edit disturbs. */
  #byContact = new Map<string, Member>();
  /** Members by `changedS`, then by order of change; a hole where a member stood before it changed again. */
  #order: Array<Member | undefined> = [];
  /** `changedS` of each place in the order, holes included. */
  #times: number[] = [];
  #isOrdered = true;

  get size(): number {
    return this.#byContact.size;
  }

  /** In order of joining. */
  all(): IterableIterator<Member> {
    return this.#byContact.values();
  }

  byHash(hash: string): Member | undefined {
    return this.#byHash.get(hash);
  }

  byEmail(email: string): Member | undefined {
    return this.#byHash.get(subscriberHash(email));
  }

  /** @param ref subscriber hash, contact id, or the address itself */
  find(ref: string): Member | undefined {
    if (HASH.test(ref)) return this.#byHash.get(ref) ?? this.#byContact.get(ref);
    return ref.includes('@') ? this.byEmail(ref) : undefined;
  }

  add(member: Member): void {
    this.#byHash.set(member.hash, member);
    this.#byContact.set(member.contactId, member);
    this.#append(member);
  }

  /** Gives a member another address; the caller has made sure that it is free. */
  rename(member: Member, email: string): void {
    this.#byHash.delete(member.hash);
    member.email = email;
    member.hash = subscriberHash(email);
    this.#byHash.set(member.hash, member);
  }

  /** Stamps a change. */
  touch(member: Member, nowS: number): void {
    member.changedS = nowS;
    if (this.#order[member.place] === member) this.#order[member.place] = undefined;
    this.#append(member);
  }

  remove(member: Member): void {
    this.#byHash.delete(member.hash);
    this.#byContact.delete(member.contactId);
    if (this.#order[member.place] === member) this.#order[member.place] = undefined;
    this.version += 1;
  }

  /** Members changed after `sinceS` and before `beforeS`, both exclusive, oldest change first. */
  changedBetween(sinceS: number, beforeS: number): Member[] {
    this.#settle();
    const found: Member[] = [];
    for (let i = this.#firstAfter(sinceS); i < this.#order.length; i++) {
      if ((this.#times[i] ?? 0) >= beforeS) break;
      const member = this.#order[i];
      if (member !== undefined) found.push(member);
    }
    return found;
  }

  clear(): void {
    this.#byHash.clear();
    this.#byContact.clear();
    this.#order = [];
    this.#times = [];
    this.#isOrdered = true;
    this.version += 1;
  }

  #append(member: Member): void {
    const last = this.#times.at(-1);
    if (last !== undefined && last > member.changedS) this.#isOrdered = false;
    member.place = this.#order.length;
    this.#order.push(member);
    this.#times.push(member.changedS);
    this.version += 1;
  }

  /** Sorts after the clock went back or old records came in, and closes the holes once they are many. */
  #settle(): void {
    if (this.#isOrdered && this.#order.length <= 2 * this.size + 1000) return;
    const live = this.#order.filter((member) => member !== undefined);
    if (!this.#isOrdered) live.sort((a, b) => a.changedS - b.changedS);
    this.#order = live;
    this.#times = live.map((member) => member.changedS);
    for (let i = 0; i < live.length; i++) {
      const member = live[i];
      if (member !== undefined) member.place = i;
    }
    this.#isOrdered = true;
  }

  #firstAfter(seconds: number): number {
    let low = 0;
    let high = this.#times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? 0) <= seconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
