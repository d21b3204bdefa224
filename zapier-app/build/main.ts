import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PATTERNS } from '../preset.ts';
import { clientPreset } from './client-preset.ts';
import { packApp } from './pack.ts';
import { stageApp } from './stage.ts';
import { BuildFault } from './toolchain.ts';

const USAGE = `Builds the Zapier app, whole or for one client.

  --name NAME        of the package: small letters, digits, hyphens; default stackbridge-zapier
  --pattern PATTERN  ${PATTERNS.join(', ')}; default all
  --recipe FILE      contact-sync/v1, campaign-activity/v1, milestone-invoice/v1, expenses/v1, zoho-invoice/v1 or
                     time-entries/v1: the steps then have no field for it; once for each kind
  --accounts FILE    account-map/v1 of the recipes for billing, where they name a file
  --out FOLDER       emptied first; default zapier-app/dist`;

try {
  build(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BuildFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function build(args: readonly string[]): void {
  const { name, pattern, recipe: recipes, accounts, out } = optionsIn(args);
  const folder = resolve(out);
  const preset = clientPreset({ pattern, recipes, accounts });
  rmSync(folder, { recursive: true, force: true });
  stageApp(preset, name, folder);
  const { zip, archive } = packApp(folder, secretsOf(process.env));
  process.stdout.write(`${archive.files.join('\n')}\n${zip}: ${archive.files.length} files\n`);
}

function optionsIn(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        name: { type: 'string', default: 'stackbridge-zapier' },
        pattern: { type: 'string', default: 'all' },
        recipe: { type: 'string', multiple: true, default: [] },
        accounts: { type: 'string' },
        out: { type: 'string', default: 'zapier-app/dist' },
      },
    });
    if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(values.name)) return values;
    throw new TypeError(`--name ${values.name}: write small letters, digits and single hyphens`);
  } catch (error) {
    throw new BuildFault(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/** Values that must not find their way into an archive. */
function secretsOf(environment: NodeJS.ProcessEnv): string[] {
  return Object.entries(environment).flatMap(([name, value = '']) =>
    /SECRET|TOKEN|PASSWORD|API_KEY/.test(name) && value.length >= 8 ? [value] : [],
  );
}
