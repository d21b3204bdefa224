import { COMPANIES, type Company, MAIL_DOMAINS } from './companies.ts';
import type { Dice } from './dice.ts';
import type { NamePool } from './name-pools.ts';
import { type PhoneStyles, phoneOf } from './phone-styles.ts';

export const TIERS = ['Bronze', 'Silver', 'Gold'] as const;
export const TOPICS = ['News', 'Offers', 'Events', 'Product'] as const;
export const TAGS = ['vip', 'webinar', 'trade-fair', 'newsletter-2025'] as const;

/** An address as both sides can hold it. */
export interface HomeAddress {
  street: string;
  city: string;
  state: string;
  zip: string;
  country: string;
  countryCode: string;
}

/** What is true of a person, before each side keeps its own, messier record of it. `undefined`: nobody knows. */
export interface Person {
  firstName: string | undefined;
  lastName: string;
  email: string;
  phone: PhoneStyles | undefined;
  title: string | undefined;
  company: Company | undefined;
  address: HomeAddress | undefined;
  /** `YYYY-MM-DD`. */
  birthdate: string | undefined;
  tier: (typeof TIERS)[number] | undefined;
  topics: readonly string[];
  points: number | undefined;
  /** Customer since, `YYYY-MM-DD`. */
  since: string | undefined;
  website: string | undefined;
  language: string;
  tags: readonly string[];
}

/** Gives each person an address of their own. */
export class AddressBook {
  readonly #taken = new Set<string>();
  readonly #isInUse: (email: string) => boolean;

  /** @param isInUse whether somebody from before has an address; default: nobody */
  constructor(isInUse: (email: string) => boolean = () => false) {
    this.#isInUse = isInUse;
  }

  /** @param wish the part before the @ that would be natural */
  claim(wish: string, domain: string): string {
    let email = `${wish}@${domain}`;
    for (let n = 2; this.#taken.has(email) || this.#isInUse(email); n++) email = `${wish}${n}@${domain}`;
    this.#taken.add(email);
    return email;
  }
}

export function makePerson(dice: Dice, pools: readonly NamePool[], book: AddressBook): Person {
  const pool = dice.pick(pools);
  const firstName = dice.chance(0.04) ? undefined : dice.pick(pool.firstNames);
  const lastName = dice.pick(pool.lastNames);
  const company = dice.chance(0.7) ? dice.pick(COMPANIES) : undefined;
  const domain = company === undefined ? dice.pick(MAIL_DOMAINS) : company.domain;
  return {
    firstName,
    lastName,
    email: book.claim(localPart(firstName, lastName, dice), domain),
    phone: dice.chance(0.75) ? phoneOf(pool.countryCode, dice) : undefined,
    title: dice.chance(0.6) ? dice.pick(pool.titles) : undefined,
    company,
    address: dice.chance(0.6) ? addressOf(pool, dice) : undefined,
    birthdate: dice.chance(0.4) ? dateOf(dice, 1945, 60) : undefined,
    tier: dice.chance(0.6) ? dice.pick(TIERS) : undefined,
    topics: dice.some(TOPICS, 0.35),
    points: dice.chance(0.5) ? dice.whole(5000) : undefined,
    since: dice.chance(0.5) ? dateOf(dice, 2015, 11) : undefined,
    website: company !== undefined && dice.chance(0.4) ? `https://www.${company.domain}` : undefined,
    language: pool.language,
    tags: dice.some(TAGS, 0.12),
  };
}

function addressOf(pool: NamePool, dice: Dice): HomeAddress {
  return {
    street: dice.pick(pool.streets),
    city: dice.pick(pool.cities),
    state: dice.pick(pool.states),
    zip: dice.pick(pool.zips),
    country: pool.country,
    countryCode: pool.countryCode,
  };
}

/** A day in `years` years from the first of January of `from`. */
export function dateOf(dice: Dice, from: number, years: number): string {
  const month = 1 + dice.whole(12);
  const day = 1 + dice.whole(28);
  return `${from + dice.whole(years)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Letters of other scripts have no place in most addresses: those people go by a nickname. */
function localPart(firstName: string | undefined, lastName: string, dice: Dice): string {
  const first = plain(firstName ?? '');
  const last = plain(lastName);
  if (last === '') return `${dice.pick(NICKNAMES)}${1 + dice.whole(99)}`;
  if (first === '') return last;
  return dice.pick([
    `${first}.${last}`,
    `${first.slice(0, 1)}${last}`,
    `${first}_${last}`,
    `${first}${last.slice(0, 1)}`,
  ]);
}

const NICKNAMES = ['sunny', 'tiger', 'moonlight', 'lucky', 'jade', 'breeze', 'star', 'river'];

/** Lower-case ASCII letters of a name, accents taken off. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .replaceAll('ı', 'i')
    .replaceAll(/[^a-z]/g, '');
}
