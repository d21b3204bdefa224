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
    if (expression.slice(at).trim() === '') break;
    const match = PATTERN.exec(expression);
    if (match === null) throw queryParseException(`Syntax error '${expression[at]}' (at index ${at})`);
    const [, quoted, digits, name, sign] = match;
    if (quoted !== undefined) {
      tokens.push({ kind: 'text', value: quoted.replaceAll('""', '"').replaceAll(/\\(.)/g, '$1'), at });
    } else if (digits !== undefined) tokens.push({ kind: 'number', value: Number(digits), at });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name, at });
    else if (sign !== undefined) tokens.push({ kind: 'sign', value: sign, at });
  }
  return tokens;
}
