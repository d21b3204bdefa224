import { readFileSync, rmSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import { PATTERNS, type PresetInput } from '../preset.ts';
import { packApp } from './pack.ts';
import { stageApp } from './stage.ts';
import { BuildFault } from './toolchain.ts';

const USAGE = `Builds the Zapier app, whole or for one client.

  --name NAME        of the package: small letters, digits, hyphens; default stackbridge-zapier
  --pattern PATTERN  ${PATTERNS.join(', ')}; default all
  --recipe FILE      contact-sync/v1: the steps then have no field for it
  --out FOLDER       emptied first; default zapier-app/dist`;

try {
  build(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BuildFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function build(args: readonly string[]): void {
  const { name, pattern, recipe, out } = optionsIn(args);
  const folder = resolve(out);
  const preset = presetOf(pattern, recipe);
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
        recipe: { type: 'string' },
        out: { type: 'string', default: 'zapier-app/dist' },
      },
    });
    if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(values.name)) return values;
    throw new TypeError(`--name ${values.name}: write small letters, digits and single hyphens`);
  } catch (error) {
    throw new BuildFault(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/** Whatever is wrong is said before anything is built. */
function presetOf(pattern: string, recipe: string | undefined): PresetInput {
  const known = PATTERNS.find((one) => one === pattern);
  if (known === undefined) throw new BuildFault(`--pattern ${pattern}: write one of ${PATTERNS.join(', ')}`);
  return { pattern: known, ...(recipe === undefined ? {} : { recipe: checkedRecipe(recipe) }) };
}

function checkedRecipe(path: string): string {
  const text = textOf(path);
  const { recipe, problems } = readRecipe(text, basename(path));
  if (recipe === undefined) {
    const faults = problems.map(
      ({ line, message, suggestion }) => `${path}:${line}: ${message}${suggestion ? ` (${suggestion})` : ''}`,
    );
    throw new BuildFault(faults.join('\n'));
  }
  if (recipe.base !== 'store') return text;
  throw new BuildFault(
    `${path}: a Zap has no store: name two text fields under \`base\` (docs/without-a-store.md)`,
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new BuildFault(`${path} cannot be read`);
  }
}

/** Values that must not find their way into an archive. */
function secretsOf(environment: NodeJS.ProcessEnv): string[] {
  return Object.entries(environment).flatMap(([name, value = '']) =>
    /SECRET|TOKEN|PASSWORD|API_KEY/.test(name) && value.length >= 8 ? [value] : [],
  );
}
