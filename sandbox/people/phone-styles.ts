import type { Dice } from './dice.ts';

/** A number in the ways people write it: the international form first, then what is found in real records. */
export interface PhoneStyles {
  international: string;
  variants: readonly string[];
}

/** Entries that stand in phone fields without being numbers. */
export const NOT_NUMBERS: readonly string[] = [
  'n/a',
  'call assistant',
  '555',
  '0000000000',
  'see notes',
  '404-555',
  'tel.: 555 0123 (evenings)',
  '-',
];

/** Numbers that the numbering plans set aside for fiction, where there are such; no call can reach anyone. */
export function phoneOf(countryCode: string, dice: Dice): PhoneStyles {
  switch (countryCode) {
    case 'US': {
      const area = dice.pick(['404', '212', '312', '415', '617', '206']);
      const line = `01${dice.digits(2)}`;
      return {
        international: `+1${area}555${line}`,
        variants: [
          `(${area}) 555-${line}`,
          `${area}-555-${line}`,
          `${area}.555.${line}`,
          `${area}555${line}`,
          `+1 ${area} 555 ${line}`,
          `1-${area}-555-${line}`,
        ],
      };
    }
    case 'GB': {
      const line = `0${dice.digits(3)}`;
      return {
        international: `+44207946${line}`,
        variants: [`+44 20 7946 ${line}`, `+44 (0)20 7946 ${line}`, `0044 20 7946 ${line}`],
      };
    }
    case 'DE': {
      const line = dice.digits(3);
      return {
        international: `+4930230125${line}`,
        variants: [`+49 30 230125 ${line}`, `+49 (0)30 / 230125${line}`, `0049 30 230125-${line}`],
      };
    }
    case 'FR': {
      const line = dice.digits(4);
      return {
        international: `+331990${line.slice(0, 1)}0${line.slice(1)}`,
        variants: [`+33 1 99 0${line.slice(0, 1)} 0${line.slice(1, 2)} ${line.slice(2)}`],
      };
    }
    default: {
      const code = CALLING_CODES.get(countryCode) ?? '1';
      const area = `${2 + dice.whole(7)}${dice.digits(1)}`;
      const line = dice.digits(7);
      return {
        international: `+${code}${area}${line}`,
        variants: [`+${code} ${area} ${line.slice(0, 3)} ${line.slice(3)}`, `00${code} ${area} ${line}`],
      };
    }
  }
}

const CALLING_CODES = new Map([
  ['ES', '34'],
  ['BR', '55'],
  ['PL', '48'],
  ['SE', '46'],
  ['TR', '90'],
  ['CZ', '420'],
  ['JP', '81'],
  ['CN', '86'],
  ['EG', '20'],
  ['GR', '30'],
]);
