import { COMPANIES } from './companies.ts';
import type { Dice } from './dice.ts';
import type { NamePool } from './name-pools.ts';
import { dateOf, type Person, TIERS, TOPICS } from './person.ts';

/** Choices of topics, shared by all who made them. */
const TOPIC_SETS: ReadonlyArray<readonly string[]> = [
  [],
  ['News'],
  ['News', 'Offers'],
  ['Offers', 'Events'],
  TOPICS,
];
const NO_TAGS: readonly string[] = [];

/** A person without gaps or surprises, quickly: for half a million of them. @param index makes the address unique */
export function plainPerson(dice: Dice, pool: NamePool, index: number): Person {
  const firstName = dice.pick(pool.firstNames);
  const lastName = dice.pick(pool.lastNames);
  const company = COMPANIES[index % PLAIN_COMPANIES] ?? dice.pick(COMPANIES);
  const phone = `+1404555${String(index % 10_000).padStart(4, '0')}`;
  return {
    firstName,
    lastName,
    email: `${firstName}.${lastName}.${index}@${company.domain}`.toLowerCase().replaceAll("'", ''),
    phone: { international: phone, variants: [phone] },
    title: dice.pick(pool.titles),
    company,
    address: {
      street: dice.pick(pool.streets),
      city: dice.pick(pool.cities),
      state: dice.pick(pool.states),
      zip: dice.pick(pool.zips),
      country: pool.countryCode,
      countryCode: pool.countryCode,
    },
    birthdate: dateOf(dice, 1945, 60),
    tier: dice.pick(TIERS),
    topics: dice.pick(TOPIC_SETS),
    points: dice.whole(5000),
    since: dateOf(dice, 2015, 11),
    website: `https://www.${company.domain}`,
    language: 'en',
    tags: NO_TAGS,
  };
}

/** The first few companies have names in plain ASCII. */
const PLAIN_COMPANIES = 5;
