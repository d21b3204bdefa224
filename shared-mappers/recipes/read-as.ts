import type { z } from 'zod';
import type { Guide } from './known-keys.ts';
import type { Positions } from './positions.ts';
import { readDocument, schemaProblems } from './read-document.ts';
import { byPlace, type RecipeProblem } from './recipe-problem.ts';

/** What reading a file by a schema came to. */
export interface Reading<Value> {
  readonly file: string;
  /** Absent where there is any fault. */
  readonly value?: Value;
  readonly problems: readonly RecipeProblem[];
  readonly positions: Positions;
}

/** Every fault at once, with its place in the text. @param begins what such a file begins with */
export function readAs<Value>(
  schema: z.ZodType<Value>,
  guide: Guide,
  text: string,
  file: string,
  begins: string,
): Reading<Value> {
  const { input, problems, positions } = readDocument(text, file, begins);
  if (input === undefined) return { file, problems, positions };
  const parsed = schema.safeParse(input);
  if (!parsed.success) problems.push(...schemaProblems(parsed.error, { input, positions, file }, guide));
  problems.sort(byPlace);
  const reading = { file, problems, positions };
  return parsed.success && problems.length === 0 ? { ...reading, value: parsed.data } : reading;
}
