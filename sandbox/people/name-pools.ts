import type { Faker } from '@faker-js/faker';
import { faker as ar } from '@faker-js/faker/locale/ar';
import { faker as cs } from '@faker-js/faker/locale/cs_CZ';
import { faker as de } from '@faker-js/faker/locale/de';
import { faker as el } from '@faker-js/faker/locale/el';
import { faker as gb } from '@faker-js/faker/locale/en_GB';
import { faker as us } from '@faker-js/faker/locale/en_US';
import { faker as es } from '@faker-js/faker/locale/es';
import { faker as fr } from '@faker-js/faker/locale/fr';
import { faker as ja } from '@faker-js/faker/locale/ja';
import { faker as pl } from '@faker-js/faker/locale/pl';
import { faker as pt } from '@faker-js/faker/locale/pt_BR';
import { faker as sv } from '@faker-js/faker/locale/sv';
import { faker as tr } from '@faker-js/faker/locale/tr';
import { faker as zh } from '@faker-js/faker/locale/zh_CN';

/** What people of one country are put together from. Drawn once: faker itself is too slow for half a million. */
export interface NamePool {
  /** As Salesforce has it. */
  country: string;
  /** As Mailchimp has it. */
  countryCode: string;
  /** Language code both sides use. */
  language: string;
  firstNames: readonly string[];
  lastNames: readonly string[];
  streets: readonly string[];
  cities: readonly string[];
  states: readonly string[];
  zips: readonly string[];
  titles: readonly string[];
}

interface Origin {
  faker: Faker;
  country: string;
  countryCode: string;
  language: string;
  /** How often among a hundred people. */
  weight: number;
}

const ORIGINS: readonly Origin[] = [
  { faker: us, country: 'United States', countryCode: 'US', language: 'en', weight: 40 },
  { faker: gb, country: 'United Kingdom', countryCode: 'GB', language: 'en', weight: 8 },
  { faker: de, country: 'Germany', countryCode: 'DE', language: 'de', weight: 11 },
  { faker: fr, country: 'France', countryCode: 'FR', language: 'fr', weight: 8 },
  { faker: es, country: 'Spain', countryCode: 'ES', language: 'es', weight: 7 },
  { faker: pt, country: 'Brazil', countryCode: 'BR', language: 'pt', weight: 5 },
  { faker: pl, country: 'Poland', countryCode: 'PL', language: 'pl', weight: 4 },
  { faker: sv, country: 'Sweden', countryCode: 'SE', language: 'sv', weight: 3 },
  { faker: tr, country: 'Turkey', countryCode: 'TR', language: 'tr', weight: 3 },
  { faker: cs, country: 'Czech Republic', countryCode: 'CZ', language: 'cs', weight: 2 },
  { faker: ja, country: 'Japan', countryCode: 'JP', language: 'ja', weight: 3 },
  { faker: zh, country: 'China', countryCode: 'CN', language: 'zh', weight: 2 },
  { faker: ar, country: 'Egypt', countryCode: 'EG', language: 'ar', weight: 2 },
  { faker: el, country: 'Greece', countryCode: 'GR', language: 'el', weight: 2 },
];

const POOL_SIZE = 240;

/** One pool for each hundredth of the people, so that a plain draw keeps the countries' shares. */
export function namePools(seed: number): readonly NamePool[] {
  return ORIGINS.flatMap((origin, index) => {
    const pool = poolOf(origin, seed * 100 + index);
    return Array.from({ length: origin.weight }, () => pool);
  });
}

/** The pool of the United States alone: plain ASCII, complete addresses. */
export function plainPool(seed: number): NamePool {
  const [first] = ORIGINS;
  if (first === undefined) throw new RangeError('No origins');
  return poolOf(first, seed * 100);
}

function poolOf({ faker, country, countryCode, language }: Origin, seed: number): NamePool {
  faker.seed(seed);
  const draw = (make: () => string): string[] => [...new Set(Array.from({ length: POOL_SIZE }, make))];
  const isUs = countryCode === 'US';
  return {
    country,
    countryCode,
    language,
    firstNames: draw(() => faker.person.firstName()),
    lastNames: draw(() => faker.person.lastName()),
    streets: draw(() => faker.location.streetAddress()),
    cities: draw(() => faker.location.city()),
    states: draw(() => faker.location.state({ abbreviated: isUs })),
    zips: draw(() => (isUs ? faker.location.zipCode('#####') : faker.location.zipCode())),
    titles: draw(() => faker.person.jobTitle()),
  };
}
