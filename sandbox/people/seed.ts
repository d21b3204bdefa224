import type { Mailchimp } from '../mailchimp/mailchimp.ts';
import type { Org } from '../salesforce/org.ts';
import type { World } from '../world.ts';
import { COMPANIES } from './companies.ts';
import { type CrmValues, contactValues, leadValues } from './contact-values.ts';
import { plantRecord } from './crm-planting.ts';
import { Dice } from './dice.ts';
import { MESS_KINDS } from './mess.ts';
import { namePools, plainPool } from './name-pools.ts';
import type { Person } from './person.ts';
import { type Group, SPAN_S, seedGroup } from './seed-group.ts';

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
  /** The one system that knows anybody; the other has its fields and nobody in them. Default: both know people. */
  only?: 'salesforce' | 'mailchimp' | undefined;
}

/** The two systems that people are seeded into. */
export interface SeedGround {
  readonly world: World;
  readonly salesforce: { readonly org: Org };
  readonly mailchimp: Pick<Mailchimp, 'account'>;
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

/** Fills both systems with people, as if they had been in use for some years. Adds to what is there. */
export function seedPeople(ground: SeedGround, options: SeedOptions): SeedManifest {
  const { seed = 1, contacts, exact = false } = options;
  const leads = options.leads ?? (exact ? 0 : Math.round(contacts / 10));
  const manifest: SeedManifest = {
    seed,
    salesforce: { accounts: 0, contacts: 0, leads: 0 },
    mailchimp: {},
    matched: { contacts: 0, leads: 0 },
    mess: Object.fromEntries(MESS_KINDS.map((kind) => [kind, 0])),
  };
  const accounts = seedAccounts(ground, manifest);
  const contactOf = (person: Person): CrmValues =>
    contactValues(person, person.company === undefined ? undefined : accounts.get(person.company.name));
  const groups: Group[] = [
    { object: 'Contact', audienceId: CONTACT_AUDIENCE, count: contacts, recordOf: contactOf },
    { object: 'Lead', audienceId: LEAD_AUDIENCE, count: leads, recordOf: leadValues },
  ];
  // Exact people come from one pool, and makeOther is never asked for.
  const pools = exact ? [plainPool(seed)] : namePools(seed);
  for (const [index, group] of groups.entries()) {
    seedGroup(ground, group, options, pools, new Dice(seed * 2 + index), manifest);
  }
  return manifest;
}

/** @returns account ids by company name */
function seedAccounts({ world, salesforce }: SeedGround, manifest: SeedManifest): Map<string, string> {
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
