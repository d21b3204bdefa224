import { isMap, LineCounter, parseDocument, type YAMLError } from 'yaml';
import type { z } from 'zod';
import type { Guide } from './known-keys.ts';
import { type Position, type Positions, positionsIn } from './positions.ts';
import { pathText, type RecipeProblem } from './recipe-problem.ts';
import { type SchemaFault, schemaFaults } from './schema-faults.ts';

export interface DocumentReading {
  /** Keys and values as they were written; absent where the text is none. */
  readonly input?: unknown;
  readonly problems: RecipeProblem[];
  readonly positions: Positions;
}

/** Reads YAML or JSON. @param opening what such a file begins with: `recipe: contact-sync/v1` */
export function readDocument(text: string, file: string, opening: string): DocumentReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const positions = positionsIn(document, lines);
  const problems = document.errors.map((error) => syntaxProblem(error, text, lines, file));
  const unreadable = document.errors.some((error) => error.code !== 'DUPLICATE_KEY');
  if (unreadable) return { problems, positions };
  if (isMap(document.contents)) return { input: document.toJS(), problems, positions };
  return { problems: [...problems, notARecipe(file, opening)], positions };
}

/** What a schema does not accept, in words, with the place in the text. */
export function schemaProblems(
  error: z.ZodError,
  {
    input,
    positions,
    file,
  }: { readonly input: unknown; readonly positions: Positions; readonly file: string },
  guide: Guide,
): RecipeProblem[] {
  return schemaFaults(error.issues, input, guide).map((fault) => located(fault, positions, file));
}

function located(fault: SchemaFault, positions: Positions, file: string): RecipeProblem {
  const { line, column }: Position = fault.isKey
    ? positions.locateKey(fault.path)
    : positions.locate(fault.path);
  return {
    file,
    path: pathText(fault.path),
    line,
    column,
    code: 'RECIPE_INVALID',
    message: fault.message,
    ...(fault.expected === undefined ? {} : { expected: fault.expected }),
    suggestion: fault.suggestion,
  };
}

function syntaxProblem(error: YAMLError, text: string, lines: LineCounter, file: string): RecipeProblem {
  const { line, col } = lines.linePos(error.pos[0]);
  const place = {
    file,
    path: '',
    line: Math.max(1, line),
    column: Math.max(1, col),
    code: 'RECIPE_INVALID',
  } as const;
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^["']?([\w.-]+)/.exec(text.slice(error.pos[0]))?.[1] ?? '';
    return {
      ...place,
      path: key,
      message: `The key ${key} stands here a second time`,
      suggestion: `Keep one ${key}`,
    };
  }
  return {
    ...place,
    message: `This is not YAML: ${error.message}`,
    suggestion:
      SYNTAX_HINTS[error.code] ??
      'Look at the indentation, quotes and brackets on this line and the one before',
  };
}

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'Indent with blanks, never with tabs',
  BAD_INDENT: 'Give lines that belong together the same indentation',
  MISSING_CHAR: 'Close the quote or bracket, and separate what stands between with commas',
  BLOCK_AS_IMPLICIT_KEY: 'Put text that contains a colon in quotes',
};

function notARecipe(file: string, opening: string): RecipeProblem {
  return {
    file,
    path: '',
    line: 1,
    column: 1,
    code: 'RECIPE_INVALID',
    message: 'This is no recipe',
    expected: `keys and values, the first \`${opening}\``,
    suggestion: `Start with \`${opening}\``,
  };
}
