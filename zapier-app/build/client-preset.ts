import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { BillingKind } from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
import {
  billingKindOf,
  readAccountMap,
  readBillingRecipe,
} from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import {
  isCampaignActivity,
  readCampaignActivity,
} from '@stackbridge/shared-mappers/recipes/read-campaign-activity.ts';
import { readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import type { RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { readActivityRecipe } from '../activity/activity-recipe.ts';
import { StepFault } from '../errors/step-fault.ts';
import { PATTERNS, type PresetInput } from '../preset.ts';
import { BuildFault } from './toolchain.ts';

export interface ClientFiles {
  readonly pattern: string;
  /** Paths; what each of them is stands in the file. */
  readonly recipes: readonly string[];
  /** Path of the account map that the recipe for invoices names. */
  readonly accounts: string | undefined;
}

/** What one client's app has built in. @throws BuildFault that says whatever is wrong, before anything is built */
export function clientPreset({ pattern, recipes, accounts }: ClientFiles): PresetInput {
  const known = PATTERNS.find((one) => one === pattern);
  if (known === undefined) throw new BuildFault(`--pattern ${pattern}: write one of ${PATTERNS.join(', ')}`);
  const fixed: PresetInput = {};
  for (const path of recipes) {
    const [[key, text] = [], ...others] = Object.entries(presetIn(path, accounts));
    if (key === undefined || others.length > 0) throw new TypeError('A recipe is for one kind of step');
    if (key in fixed) throw new BuildFault(`${path}: a second recipe of its kind; an app has one of each`);
    Object.assign(fixed, { [key]: text });
  }
  if (
    accounts !== undefined &&
    (fixed.milestones ?? fixed.expenses ?? fixed.invoices ?? fixed.time) === undefined
  )
    throw new BuildFault(`--accounts ${accounts}: name the recipe that uses it by --recipe`);
  return { pattern: known, ...fixed };
}

function presetIn(path: string, accounts: string | undefined): Omit<PresetInput, 'pattern'> {
  const text = textOf(path);
  if (isCampaignActivity(text)) return { activity: activityText(path, text) };
  const kind = billingKindOf(text);
  if (kind === undefined) return { recipe: contactText(path, text) };
  if (kind === 'milestone-invoice/v1') return { milestones: withAccounts(kind, path, text, accounts) };
  if (kind === 'expenses/v1') return { expenses: withAccounts(kind, path, text, accounts) };
  if (kind === 'time-entries/v1') return { time: withAccounts(kind, path, text, accounts) };
  return { invoices: withAccounts(kind, path, text, accounts) };
}

function contactText(path: string, text: string): string {
  const { recipe, problems } = readRecipe(text, basename(path));
  if (recipe === undefined) throw faulty(path, problems);
  if (recipe.base !== 'store') return text;
  throw new BuildFault(
    `${path}: a Zap has no store: name two text fields under \`base\` (docs/without-a-store.md)`,
  );
}

function activityText(path: string, text: string): string {
  const { value, problems } = readCampaignActivity(text, basename(path));
  if (value === undefined) throw faulty(path, problems);
  try {
    readActivityRecipe(text);
    return text;
  } catch (error) {
    throw error instanceof StepFault ? new BuildFault(`${path}: ${error.message}`) : error;
  }
}

const written = z.looseObject({ accounts: z.unknown() });

/** With the account map in the place where the recipe names its file. */
function withAccounts(kind: BillingKind, path: string, text: string, accounts: string | undefined): string {
  const { value, problems } = readBillingRecipe(kind, text, basename(path));
  if (value === undefined) throw faulty(path, problems);
  if (typeof value.accounts !== 'string') {
    if (accounts === undefined) return text;
    throw new BuildFault(`${path}: the account map stands in the recipe already: leave out --accounts`);
  }
  if (accounts === undefined)
    throw new BuildFault(`${path}: name the account map ${value.accounts} by --accounts`);
  const map = textOf(accounts);
  const reading = readAccountMap(map, basename(accounts));
  if (reading.value === undefined) throw faulty(accounts, reading.problems);
  const { map: _, ...entries } = z.looseObject({ map: z.string() }).parse(parse(map));
  return stringify({ ...written.parse(parse(text)), accounts: entries });
}

function faulty(
  path: string,
  problems: readonly Pick<RecipeProblem, 'line' | 'message' | 'suggestion'>[],
): BuildFault {
  const faults = problems.map(
    ({ line, message, suggestion }) => `${path}:${line}: ${message}${suggestion ? ` (${suggestion})` : ''}`,
  );
  return new BuildFault(faults.join('\n'));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new BuildFault(`${path} cannot be read`);
  }
}
