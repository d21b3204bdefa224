const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Names people write that are not the English names of Unicode's data, and those that changed lately. */
const ALIASES: Readonly<Record<string, string>> = {
  usa: 'US',
  'u.s.a.': 'US',
  'u.s.': 'US',
  'united states of america': 'US',
  uk: 'GB',
  'u.k.': 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'the netherlands': 'NL',
  holland: 'NL',
  'czech republic': 'CZ',
  turkey: 'TR',
  türkiye: 'TR',
  macedonia: 'MK',
  swaziland: 'SZ',
  'ivory coast': 'CI',
  burma: 'MM',
  'hong kong': 'HK',
  macau: 'MO',
  'south korea': 'KR',
  'republic of korea': 'KR',
  'russian federation': 'RU',
  deutschland: 'DE',
  österreich: 'AT',
  schweiz: 'CH',
  españa: 'ES',
  italia: 'IT',
  brasil: 'BR',
};

/** Codes that Unicode's data names but ISO 3166 does not assign to a country. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'XK', 'ZZ', 'QO']);

interface Countries {
  readonly codeOf: ReadonlyMap<string, string>;
  readonly nameOf: ReadonlyMap<string, string>;
}

let countries: Countries | undefined;

/** Names come from the platform's own data (Intl), so that no list of countries has to be kept here. */
function allCountries(): Countries {
  if (countries !== undefined) return countries;
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const codeOf = new Map<string, string>();
  const nameOf = new Map<string, string>();
  for (const first of ALPHABET) {
    for (const second of ALPHABET) {
      const code = first + second;
      const name = NO_COUNTRIES.has(code) ? undefined : names.of(code);
      if (name === undefined || new Intl.Locale(`und-${code}`).region !== code) continue;
      nameOf.set(code, name);
      codeOf.set(code, code);
      codeOf.set(name, code);
      codeOf.set(code.toLowerCase(), code);
      codeOf.set(name.toLowerCase(), code);
    }
  }
  for (const [alias, code] of Object.entries(ALIASES)) codeOf.set(alias, code);
  countries = { codeOf, nameOf };
  return countries;
}

/** ISO 3166 code of a code or an English name in any case; the text itself where it names no country. */
export function countryCode(text: string): string {
  const { codeOf } = allCountries();
  return codeOf.get(text) ?? codeOf.get(text.toLowerCase()) ?? text;
}

/** English name of a code; the text itself where it is none. */
export function countryName(code: string): string {
  return allCountries().nameOf.get(code) ?? code;
}
