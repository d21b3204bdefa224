import { existsSync } from 'node:fs';
import { whatInstallLacks } from './n8n/install.ts';
import { whatPackLacks } from './n8n/pack.ts';
import { whatServicesLack } from './queue/services.ts';

/** Debian's place; another browser of the kind is named by `CHROMIUM`. */
export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

const NEEDS = {
  n8n: whatInstallLacks,
  pack: whatPackLacks,
  services: whatServicesLack,
  chromium: () =>
    existsSync(CHROMIUM)
      ? undefined
      : `No Chromium at ${CHROMIUM}: apt-get install chromium, or name it in CHROMIUM`,
} satisfies Record<string, () => string | undefined>;

/** Ends the process, naming everything that is missing and how to get it, unless all is there. */
export function sayWhatLacks(needs: readonly (keyof typeof NEEDS)[]): void {
  const missing = needs.map((need) => NEEDS[need]()).filter((lack) => lack !== undefined);
  if (missing.length === 0) return;
  process.stderr.write(`${missing.join('\n')}\n`);
  process.exit(2);
}
