import type { ErrorCode } from '../errors/codes.ts';
import type { RecipePath } from '../mapping/rule-definition.ts';

/** One fault of a recipe, with the place in its file and what to write instead. */
export interface RecipeProblem {
  readonly file: string;
  /** `fields[3].mailchimp`; empty for the recipe as a whole. */
  readonly path: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly expected?: string;
  readonly suggestion: string;
}

/** `['fields', 3, 'mailchimp']` as `fields[3].mailchimp`. */
export function pathText(path: RecipePath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** In the order of the file. */
export function byPlace(a: RecipeProblem, b: RecipeProblem): number {
  return a.line - b.line || a.column - b.column;
}
