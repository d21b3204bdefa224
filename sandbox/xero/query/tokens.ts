import { queryParseException } from '../wire/refusal.ts';

export type Token =
  | { kind: 'text'; value: string; at: number }
  | { kind: 'number'; value: number; at: number }
  | { kind: 'name'; value: string; at: number }
  | { kind: 'sign'; value: string; at: number };

const PATTERN =
  /\s*(?:"((?:[^"\\]|\\.|"")*)"|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)|(==|!=|<>|>=|<=|&&|\|\||[=<>()!,.]))/y;

/** Cuts a `where` expression into its words. @throws Refusal QueryParseException */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < expression.length) {
    const at = PATTERN.lastIndex;
    const rest = expression.slice(at);
    if (rest.trim() === '') break;
    const match = PATTERN.exec(expression);
    if (match === null) {
      const wrong = at + rest.length - rest.trimStart().length;
      throw queryParseException(`Syntax error '${expression[wrong]}' (at index ${wrong})`);
    }
    const [, quoted, digits, name, sign] = match;
    if (quoted !== undefined) {
      tokens.push({ kind: 'text', value: quoted.replaceAll('""', '"').replaceAll(/\\(.)/g, '$1'), at });
    } else if (digits !== undefined) tokens.push({ kind: 'number', value: Number(digits), at });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name, at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign, at });
  }
  return tokens;
}
