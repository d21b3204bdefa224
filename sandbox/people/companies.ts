/** An invented firm. Its domain ends in `.test`, which is reserved: nothing sent there can reach anyone. */
export interface Company {
  name: string;
  domain: string;
}

const NAMES: ReadonlyArray<readonly [string, string]> = [
  ['Nordwind Logistik GmbH', 'nordwind'],
  ['Blue Heron Software', 'blueheron'],
  ['Atelier Marchand', 'atelier-marchand'],
  ['Okapi & Sons', 'okapi-sons'],
  ['Kestrel Dynamics Inc.', 'kestrel-dynamics'],
  ['Żubr Brewing Co.', 'zubr-brewing'],
  ['Sakura Precision 株式会社', 'sakura-precision'],
  ['Grupo Almendro S.A.', 'almendro'],
  ['Fjordlys AS', 'fjordlys'],
  ['Copper Kettle Foods', 'copperkettle'],
  ['Lindqvist Möbler AB', 'lindqvist-mobler'],
  ['Harbour & Vale LLP', 'harbourvale'],
  ['Meridian Optics', 'meridian-optics'],
  ['Casa Verde Imóveis', 'casaverde'],
  ['Tannenberg Maschinenbau', 'tannenberg'],
  ['Quiet Valley Clinics', 'quietvalley'],
  ['Boulangerie du Pont-Neuf', 'pontneuf'],
  ['Redwood Analytics', 'redwood-analytics'],
  ['Anatolia Tekstil A.Ş.', 'anatolia-tekstil'],
  ['Petrov & Partners', 'petrov-partners'],
  ['Silver Birch Academy', 'silverbirch'],
  ['Orion Freight, LLC', 'orionfreight'],
  ['O’Malley’s Hardware', 'omalleys'],
  ['Delta "Blue" Water', 'deltablue'],
  ['Zephyr Cycles', 'zephyrcycles'],
  ['Granite Peak Outfitters', 'granitepeak'],
  ['Kowalski i Synowie', 'kowalski-synowie'],
  ['Pacific Lantern Media', 'pacificlantern'],
  ['Rosewater Textiles', 'rosewater'],
  ['Vltava Glass s.r.o.', 'vltava-glass'],
];

export const COMPANIES: readonly Company[] = NAMES.map(([name, label]) => ({
  name,
  domain: `${label}.test`,
}));

/** Where people have their private mail. */
export const MAIL_DOMAINS: readonly string[] = [
  'mailhaus.test',
  'postbox.test',
  'inbox.test',
  'webpost.test',
];
