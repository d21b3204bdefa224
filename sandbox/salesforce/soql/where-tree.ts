import type { ConditionWithValueQuery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { malformed } from './query-source.ts';

export type WhereTree =
  | { kind: 'and' | 'or'; items: WhereTree[] }
  | { kind: 'not'; item: WhereTree }
  | { kind: 'condition'; condition: ConditionWithValueQuery };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | { condition: ConditionWithValueQuery };

/**
 * The parser hands conditions over as a chain with counted parentheses; this makes the tree of it.
 * @throws SalesforceError MALFORMED_QUERY where AND and OR stand side by side without parentheses, as Salesforce does
 */
export function whereTree(clause: WhereClause): WhereTree {
  const tokens = tokensOf(clause);
  let at = 0;

  function expression(): WhereTree {
    const first = unary();
    const operator = tokens[at];
    if (operator !== 'AND' && operator !== 'OR') return first;
    const items = [first];
    while (tokens[at] === operator) {
      at += 1;
      items.push(unary());
    }
    const next = tokens[at];
    if (next === 'AND' || next === 'OR') throw malformed(`unexpected token: ${next}`);
    return { kind: operator === 'AND' ? 'and' : 'or', items };
  }

  function unary(): WhereTree {
    const token = tokens[at];
    at += 1;
    if (token === 'NOT') return { kind: 'not', item: unary() };
    if (token === '(') {
      const inner = expression();
      if (tokens[at] !== ')') throw malformed("expecting a right parentheses, found ''");
      at += 1;
      return inner;
    }
    if (token === undefined || typeof token === 'string')
      throw malformed(`unexpected token: ${token ?? '<EOF>'}`);
    return { kind: 'condition', condition: token.condition };
  }

  const tree = expression();
  if (at < tokens.length) throw malformed(`unexpected token: ${String(tokens[at])}`);
  return tree;
}

function tokensOf(clause: WhereClause): Token[] {
  const tokens: Token[] = [];
  let link: WhereClause | undefined = clause;
  while (link !== undefined) {
    const { left } = link;
    const open = left?.openParen ?? 0;
    for (let i = 0; i < open; i++) tokens.push('(');
    if (left !== null && 'operator' in left) {
      tokens.push({ condition: left });
      for (let i = 0; i < (left.closeParen ?? 0); i++) tokens.push(')');
    }
    if (!('operator' in link)) break;
    tokens.push(link.operator);
    link = link.right;
  }
  return tokens;
}
