import { dirname, resolve } from 'node:path';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { AccountMap } from '@stackbridge/shared-mappers/mapping/account-map.ts';
import { checkMap } from '@stackbridge/shared-mappers/plan/billing/check-map.ts';
import {
  type BillingKind,
  type BillingRecipe,
  prepareBilling,
} from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
import {
  type MapPlace,
  mapProblems,
  readAccountMap,
  readBillingRecipe,
} from '@stackbridge/shared-mappers/recipes/read-billing-recipe.ts';
import type { RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import type { BillingJob, BillingPorts } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import { checkAccounts } from '@stackbridge/shared-mappers/sync/billing/plan-billing.ts';
import type { Session } from '../session.ts';
import { textOf } from './recipe-files.ts';

/** A billing recipe with its account map, ready to run. */
export interface ReadyBilling {
  readonly file: string;
  readonly recipe: BillingRecipe;
  readonly billing: BillingJob;
  readonly ports: BillingPorts;
}

export interface BillingCheck {
  readonly file: string;
  readonly problems: readonly RecipeProblem[];
  /** Why its map was not held against the accounts, where it was not. */
  readonly unchecked?: StackbridgeError;
  /** Present where there is no problem. */
  readonly ready?: ReadyBilling;
  /** An account map without a fault: nothing to run. */
  readonly map?: AccountMap;
}

/** Reads an account map that stands in a file of its own and holds it against the accounts. */
export async function checkAccountMap(file: string, text: string, session: Session): Promise<BillingCheck> {
  const { value: map, problems, positions } = readAccountMap(text, file);
  if (map === undefined) return { file, problems };
  try {
    const { target } = await session.billingPortsFor({ zoho: {}, patienceMs: PATIENCE_MS });
    const faults = mapProblems(checkMap(map, await target.chart()), { file, positions, under: [] });
    return faults.length > 0 ? { file, problems: faults } : { file, problems: [], map };
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    return { file, problems: [], unchecked: error };
  }
}

const PATIENCE_MS = 15 * 60_000;

/** Reads a billing recipe and its map. @param live holds the map against the accounts and the work there is, too. */
export async function checkBilling(
  kind: BillingKind,
  file: string,
  text: string,
  session: Session,
  live: boolean,
): Promise<BillingCheck> {
  const { value: recipe, problems, positions } = readBillingRecipe(kind, text, file);
  if (recipe === undefined) return { file, problems };
  const { accounts } = recipe;
  const read =
    typeof accounts === 'string'
      ? await readMapFile(resolve(dirname(file), accounts), accounts)
      : { map: accounts, place: { file, positions, under: ['accounts'] } };
  if ('problems' in read) {
    const [first] = read.problems;
    const isNoFile = first?.file === '';
    const here = { file, path: 'accounts', ...positions.locate(['accounts']) };
    return { file, problems: isNoFile ? read.problems.map((one) => ({ ...one, ...here })) : read.problems };
  }
  try {
    const ports = await session.billingPortsFor(recipe);
    const billing = prepareBilling({ ...ports, recipe, map: read.map });
    const here = { file, positions, under: [] };
    const faults = live ? mapProblems(await checkAccounts(billing, ports), read.place, here) : [];
    if (faults.length > 0) return { file, problems: faults };
    return { file, problems: [], ready: { file, recipe, billing, ports } };
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    return { file, problems: [], unchecked: error };
  }
}

type MapReading =
  | { readonly map: AccountMap; readonly place: MapPlace }
  | { readonly problems: readonly RecipeProblem[] };

async function readMapFile(path: string, written: string): Promise<MapReading> {
  let text: string;
  try {
    text = await textOf(path);
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    const suggestion = 'Write its path as seen from the recipe; `stackbridge accounts` drafts one';
    const message = `There is no account map ${written}`;
    return { problems: [{ file: '', path: '', line: 1, column: 1, code: error.code, message, suggestion }] };
  }
  const { value: map, problems, positions } = readAccountMap(text, path);
  return map === undefined ? { problems } : { map, place: { file: path, positions, under: [] } };
}
