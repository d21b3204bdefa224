import { findAudience } from '../../mailchimp/account.ts';
import type { Member } from '../../mailchimp/member.ts';
import type { PeopleParts } from '../../parts.ts';
import type { Dice } from '../dice.ts';
import { CONTACT_AUDIENCE } from '../seed.ts';

/** A person known to both sides, one record on each. */
export interface Pair {
  contactId: string;
  member: Member;
}

/** Who is there this morning, shuffled. Nobody is handed out twice: each person has one thing happen to them a day. */
export class Population {
  readonly #pairs: Pair[];
  readonly #duplicates: Array<readonly [string, string]>;
  readonly #leads: string[];
  readonly #left: Member[];

  constructor(parts: PeopleParts, dice: Dice) {
    const contacts = contactsByEmail(parts);
    const pairs: Pair[] = [];
    const left: Member[] = [];
    for (const member of findAudience(parts.mailchimp.account, CONTACT_AUDIENCE).members.all()) {
      const [contactId, ...others] = contacts.get(member.email.toLowerCase()) ?? [];
      if (member.status === 'unsubscribed' && member.closedBy === 'self') left.push(member);
      if (contactId === undefined || others.length > 0 || member.status !== 'subscribed') continue;
      pairs.push({ contactId, member });
    }
    const duplicates: Array<readonly [string, string]> = [];
    for (const [first, second, ...others] of contacts.values()) {
      if (first !== undefined && second !== undefined && others.length === 0)
        duplicates.push([first, second]);
    }
    this.#pairs = dice.shuffled(pairs);
    this.#duplicates = dice.shuffled(duplicates);
    this.#leads = dice.shuffled(openLeads(parts));
    this.#left = dice.shuffled(left);
  }

  pair(): Pair | undefined {
    return this.#pairs.pop();
  }

  /** Two contacts of one address. */
  duplicates(): readonly [string, string] | undefined {
    return this.#duplicates.pop();
  }

  lead(): string | undefined {
    return this.#leads.pop();
  }

  /** Somebody who has unsubscribed by themselves. */
  leaver(): Member | undefined {
    return this.#left.pop();
  }
}

function contactsByEmail({ salesforce }: PeopleParts): Map<string, string[]> {
  const byEmail = new Map<string, string[]>();
  for (const { Id, Email, IsDeleted } of salesforce.org.store('Contact').rows()) {
    if (IsDeleted || typeof Email !== 'string') continue;
    const email = Email.toLowerCase();
    const known = byEmail.get(email);
    if (known === undefined) byEmail.set(email, [Id]);
    else known.push(Id);
  }
  return byEmail;
}

function openLeads({ salesforce }: PeopleParts): string[] {
  const ids: string[] = [];
  for (const { Id, IsConverted, IsDeleted } of salesforce.org.store('Lead').rows()) {
    if (IsConverted !== true && !IsDeleted) ids.push(Id);
  }
  return ids;
}
