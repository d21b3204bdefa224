import { distance } from 'fastest-levenshtein';
import { folded } from '../../mapping/people.ts';
import type { Account, TaxRate } from '../../model/billing/chart.ts';
import type { ChartIndex } from './chart-index.ts';
import { accountFault, type LineUse } from './line-use.ts';

const MOST = 3;

/** Accounts that would take the lines, the likeliest first, at most three: `493 Travel - National`. */
export function nearestAccounts(words: readonly string[], use: LineUse, index: ChartIndex): Account[] {
  return index.chart.accounts
    .filter(({ code }) => code !== '' && accountFault(code, use, index) === undefined)
    .map((account) => ({ account, score: scoreOf(words, account) }))
    .sort((a, b) => a.score - b.score || (a.account.code < b.account.code ? -1 : 1))
    .slice(0, MOST)
    .map(({ account }) => account);
}

/** The account that is meant beyond doubt: a word of its name is the word, or nearly so. */
export function likeliestAccount(
  words: readonly string[],
  use: LineUse,
  index: ChartIndex,
): Account | undefined {
  const [best] = nearestAccounts(words, use, index);
  return best !== undefined && scoreOf(words, best) < 0.35 ? best : undefined;
}

/** Tax types that the account allows, its own first. */
export function allowedTaxes(account: Account | undefined, index: ChartIndex): TaxRate[] {
  if (account === undefined) return [];
  const allowed = index.chart.taxRates.filter(
    (rate) => rate.active && rate.appliesTo.includes(account.class),
  );
  return allowed
    .sort((a, b) => Number(b.taxType === account.taxType) - Number(a.taxType === account.taxType))
    .slice(0, MOST);
}

/** 0: the same; 1: nothing in common. */
function scoreOf(words: readonly string[], { code, name }: Account): number {
  let least = 1;
  for (const word of words) {
    const wanted = folded(word);
    if (wanted === '') continue;
    least = Math.min(least, apart(wanted, folded(code)), nameScore(wanted, folded(name)));
  }
  return least;
}

/** Names share their words more often than their spelling: `Travel` and `Travel - National`. */
function nameScore(wanted: string, name: string): number {
  const theirs = wordsOf(name);
  const ours = wordsOf(wanted);
  if (ours.length === 0 || theirs.length === 0) return 1;
  const fit = ours.map((word) => Math.min(...theirs.map((other) => apart(word, other))));
  const mean = fit.reduce((sum, part) => sum + part, 0) / fit.length;
  // Of two accounts that share the word the one with fewer others is nearer.
  return Math.min(apart(wanted, name), mean + 0.02 * Math.abs(theirs.length - ours.length) + 0.01);
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
}

function apart(a: string, b: string): number {
  return distance(a, b) / Math.max(a.length, b.length, 1);
}
