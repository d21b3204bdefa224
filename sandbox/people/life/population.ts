import { z } from 'zod';
import { findAudience } from '../../mailchimp/account.ts';
import type { Member } from '../../mailchimp/member.ts';
import type { SandboxParts } from '../../parts.ts';
import type { Dice } from '../dice.ts';
import { CONTACT_AUDIENCE } from '../seed.ts';

/** A person known to both sides, one record on each. */
export interface Pair {
  contactId: string;
  member: Member;
}

const CrmRow = z.object({ Id: z.string(), Email: z.string().nullish(), IsDeleted: z.boolean().nullish() });
const LeadRow = z.object({
  Id: z.string(),
  IsConverted: z.boolean().nullish(),
  IsDeleted: z.boolean().nullish(),
});

/** Records read from the admin listing at a time. */
const PAGE = 2000;

/** Who is there this morning, shuffled. Nobody is handed out twice: each person has one thing happen to them a day. */
export class Population {
  readonly #pairs: Pair[];
  readonly #duplicates: Array<readonly [string, string]>;
  readonly #leads: string[];
  readonly #left: Member[];

  constructor(parts: SandboxParts, dice: Dice) {
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
    this.#pairs = shuffled(pairs, dice);
    this.#duplicates = shuffled(duplicates, dice);
    this.#leads = shuffled(openLeads(parts), dice);
    this.#left = shuffled(left, dice);
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

function contactsByEmail({ salesforce }: SandboxParts): Map<string, string[]> {
  const byEmail = new Map<string, string[]>();
  for (const record of listed(salesforce.desk, 'Contact')) {
    const { Id, Email, IsDeleted } = CrmRow.parse(record);
    if (IsDeleted === true || Email === undefined || Email === null) continue;
    const email = Email.toLowerCase();
    const known = byEmail.get(email);
    if (known === undefined) byEmail.set(email, [Id]);
    else known.push(Id);
  }
  return byEmail;
}

function openLeads({ salesforce }: SandboxParts): string[] {
  const ids: string[] = [];
  for (const record of listed(salesforce.desk, 'Lead')) {
    const { Id, IsConverted, IsDeleted } = LeadRow.parse(record);
    if (IsConverted !== true && IsDeleted !== true) ids.push(Id);
  }
  return ids;
}

function* listed(desk: SandboxParts['salesforce']['desk'], object: string): Generator<unknown> {
  for (let offset = 0; ; offset += PAGE) {
    const { records } = desk.list(object, { limit: PAGE, offset });
    yield* records;
    if (records.length < PAGE) return;
  }
}

function shuffled<T>(values: T[], dice: Dice): T[] {
  for (let i = values.length - 1; i > 0; i--) {
    const j = dice.whole(i + 1);
    const [a, b] = [values[i], values[j]];
    if (a === undefined || b === undefined) continue;
    values[i] = b;
    values[j] = a;
  }
  return values;
}
