import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';

/** A fault of an archive: something that Zapier must not get. */
export interface ArchiveFault {
  readonly file: string;
  readonly what: string;
}

export interface Archive {
  readonly files: readonly string[];
  readonly faults: readonly ArchiveFault[];
}

/** What an app consists of; everything else came in by mistake. */
const EXPECTED = /^(dist\/index\.js|package(-lock)?\.json|definition\.json|zapierwrapper\.js|\.gitignore)$/;
const LIBRARY = /^node_modules\//;

const UNWANTED: readonly (readonly [name: RegExp, what: string])[] = [
  [/(^|\/)\.env|\.zapierrc|\.zapierapprc|\.npmrc/, 'settings of whoever built it'],
  [/\.(pem|key|p12|sqlite|log)$/, 'a key, a database or a log'],
  [/(^|\/)(tests?|__tests__|fixtures)\/|\.test\.[cm]?[jt]s$/, 'a test'],
];

/** Shapes of credentials, as vendors and Zapier give them out. */
const SECRETS: readonly (readonly [text: RegExp, what: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\b[0-9a-f]{32}-us\d{1,3}\b/, 'a Mailchimp API key'],
  [/\b3MVG9[A-Za-z0-9._]{20,}/, 'a Salesforce consumer key'],
  [/\b5Aep861[A-Za-z0-9._]{20,}/, 'a Salesforce refresh token'],
  [/\b1000\.[A-Z0-9]{30,}\b|\b1000\.[0-9a-f]{32}\.[0-9a-f]{32}\b/, 'a Zoho client or token'],
  [/\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\./, 'an access token'],
];

/**
 * @param path a zip archive as Zapier's command line makes it
 * @param secrets values of the building environment that must not be in it
 */
export function checkArchive(path: string, secrets: readonly string[] = []): Archive {
  const content = unzipSync(readFileSync(path));
  const files = Object.keys(content)
    .filter((name) => !name.endsWith('/'))
    .sort();
  const faults = files.flatMap((file) => {
    const text = LIBRARY.test(file) ? '' : strFromU8(content[file] ?? new Uint8Array());
    const known = EXPECTED.test(file) || LIBRARY.test(file);
    return [
      ...(known ? [] : [{ file, what: 'not part of an app' }]),
      ...UNWANTED.filter(([name]) => name.test(file)).map(([, what]) => ({ file, what })),
      ...SECRETS.filter(([shape]) => shape.test(text)).map(([, what]) => ({ file, what })),
      ...secrets
        .filter((secret) => text.includes(secret))
        .map(() => ({ file, what: 'a secret of the building environment' })),
    ];
  });
  return { files, faults };
}
