import { findAudience } from '../mailchimp/account.ts';
import type { SandboxParts } from '../parts.ts';
import { type AudienceLayout, layOutAudience } from './audience-fields.ts';
import { COMPANIES } from './companies.ts';
import { type CrmValues, contactValues, leadValues } from './contact-values.ts';
import { plantRecord } from './crm-planting.ts';
import { Dice } from './dice.ts';
import type { Draft, MessTools } from './draft.ts';
import { draftMember, plantMember } from './member-draft.ts';
import { MESS_KINDS, makeMess } from './mess.ts';
import { namePools, plainPool } from './name-pools.ts';
import { AddressBook, makePerson, type Person } from './person.ts';
import { plainPerson } from './plain-person.ts';

/** How many people to seed, and how unlike the two systems' records of them are. */
export interface SeedOptions {
  /** Same seed, same people. Default 1. */
  seed?: number | undefined;
  /** About how many contacts each side gets. */
  contacts: number;
  /** About how many leads, with the members that go with them. Default: a tenth of the contacts; 0 when exact. */
  leads?: number | undefined;
  /** Share of people known to both sides. Default 0.7; the rest is split between the two. 1 when exact. */
  shared?: number | undefined;
  /** Share of people with something amiss in their records, 0 to 1. Default 0.25; 0 when exact. */
  mess?: number | undefined;
  /** Everyone on both sides, equal in every field and plain ASCII: for measuring. Default false. */
  exact?: boolean | undefined;
}

/** What was seeded. */
export interface SeedManifest {
  seed: number;
  salesforce: { accounts: number; contacts: number; leads: number };
  /** Members by audience id. */
  mailchimp: Record<string, number>;
  /** People known to both sides, by the Salesforce object they are there. */
  matched: { contacts: number; leads: number };
  /** How many people's records have each kind of mess. */
  mess: Record<string, number>;
}

/** Where contacts, and where leads have their members. */
export const CONTACT_AUDIENCE = 'aud0000001';
export const LEAD_AUDIENCE = 'aud0000002';

const DAY_S = 24 * 3600;
/** How far back the seeded records' last changes go. */
const SPAN_S = 300 * DAY_S;

interface Group {
  object: 'Contact' | 'Lead';
  audienceId: string;
  /** About how many records each side gets. */
  count: number;
  recordOf: (person: Person) => CrmValues;
}

/** Fills both systems with people, as if they had been in use for some years. Adds to what is there. */
export function seedPeople(parts: SandboxParts, options: SeedOptions): SeedManifest {
  const { seed = 1, contacts, exact = false } = options;
  const leads = options.leads ?? (exact ? 0 : Math.round(contacts / 10));
  const manifest: SeedManifest = {
    seed,
    salesforce: { accounts: 0, contacts: 0, leads: 0 },
    mailchimp: {},
    matched: { contacts: 0, leads: 0 },
    mess: Object.fromEntries(MESS_KINDS.map((kind) => [kind, 0])),
  };
  const accounts = seedAccounts(parts, manifest);
  const contactOf = (person: Person): CrmValues =>
    contactValues(person, person.company === undefined ? undefined : accounts.get(person.company.name));
  const groups: Group[] = [
    { object: 'Contact', audienceId: CONTACT_AUDIENCE, count: contacts, recordOf: contactOf },
    { object: 'Lead', audienceId: LEAD_AUDIENCE, count: leads, recordOf: leadValues },
  ];
  for (const [index, group] of groups.entries()) seedGroup(parts, group, options, seed * 2 + index, manifest);
  return manifest;
}

/** @returns account ids by company name */
function seedAccounts({ world, salesforce }: SandboxParts, manifest: SeedManifest): Map<string, string> {
  const stamp = (Math.floor(world.clock.now() / 1000) - SPAN_S) * 1000;
  const ids = new Map<string, string>();
  for (const { name, domain } of COMPANIES) {
    ids.set(
      name,
      plantRecord(salesforce.org, 'Account', { Name: name, Website: `https://www.${domain}` }, stamp),
    );
    manifest.salesforce.accounts += 1;
  }
  return ids;
}

function seedGroup(
  parts: SandboxParts,
  group: Group,
  options: SeedOptions,
  seed: number,
  manifest: SeedManifest,
): void {
  const { account } = parts.mailchimp;
  const audience = findAudience(account, group.audienceId);
  const layout = layOutAudience(account, audience);
  const planting: Planting = {
    parts,
    group,
    layout,
    manifest,
    nowS: Math.floor(parts.world.clock.now() / 1000),
  };
  const exact = options.exact ?? false;
  const shared = exact ? 1 : (options.shared ?? 0.7);
  const mess = exact ? 0 : (options.mess ?? 0.25);
  // Each side knows the shared people and half of the others.
  const people = Math.round(group.count / (shared + (1 - shared) / 2));

  const dice = new Dice(seed);
  const book = new AddressBook();
  const pools = exact ? [] : namePools(seed);
  const pool = exact ? plainPool(seed) : undefined;
  const tools: MessTools = {
    dice,
    book,
    makeOther: () => makePerson(dice, pools, new AddressBook()),
    recordOf: group.recordOf,
  };
  for (let i = 0; i < people; i++) {
    const person = pool === undefined ? makePerson(dice, pools, book) : plainPerson(dice, pool, i);
    const isShared = exact || dice.chance(shared);
    const isCrmOnly = !isShared && dice.chance(0.5);
    const draft: Draft = {
      person,
      crm: isShared || isCrmOnly ? [group.recordOf(person)] : [],
      members: isShared || !isCrmOnly ? [draftMember(person)] : [],
    };
    if (mess > 0 && dice.chance(mess)) {
      const kind = makeMess(draft, tools);
      if (kind !== undefined) manifest.mess[kind] = (manifest.mess[kind] ?? 0) + 1;
    }
    // In exact data time runs with the records, which spares sorting half a million of them.
    const age = exact ? i / people : dice.whole(100_000) / 100_000;
    plant(planting, draft, age, exact ? 0 : dice.whole(DAY_S));
  }
  manifest.mailchimp[group.audienceId] = audience.members.size;
}

interface Planting {
  parts: SandboxParts;
  group: Group;
  layout: AudienceLayout;
  manifest: SeedManifest;
  nowS: number;
}

/** @param age 0 for the oldest, towards 1 for the newest @param delayS by how much Mailchimp's change is later */
function plant(
  { parts, group, layout, manifest, nowS }: Planting,
  draft: Draft,
  age: number,
  delayS: number,
): void {
  const crmS = nowS - SPAN_S + Math.floor(age * (SPAN_S - DAY_S));
  for (const values of draft.crm) {
    plantRecord(parts.salesforce.org, group.object, values, crmS * 1000);
    if (group.object === 'Contact') manifest.salesforce.contacts += 1;
    else manifest.salesforce.leads += 1;
  }
  const { account } = parts.mailchimp;
  const audience = findAudience(account, group.audienceId);
  for (const member of draft.members) {
    const changedS = crmS + delayS;
    plantMember(account, audience, layout, member, changedS - 30 * DAY_S, changedS);
  }
  if (draft.crm.length > 0 && draft.members.length > 0) {
    if (group.object === 'Contact') manifest.matched.contacts += 1;
    else manifest.matched.leads += 1;
  }
}
