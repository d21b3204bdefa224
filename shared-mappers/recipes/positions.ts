import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml';
import type { RecipePath } from '../mapping/rule-definition.ts';

/** Where something stands in a recipe's text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds the place of a path in the text. */
export interface Positions {
  /** The value where it is a single one, else the key it stands under; the nearest thing above where there is none. */
  locate(path: RecipePath): Position;
  /** The key itself. */
  locateKey(path: RecipePath): Position;
}

export function positionsIn(document: Document.Parsed, lines: LineCounter): Positions {
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const find = (path: RecipePath, wantsKey: boolean): Position => {
    let node: unknown = document.contents;
    let offset = startOf(node) ?? 0;
    for (const [depth, step] of path.entries()) {
      const isLast = depth === path.length - 1;
      if (isMap(node)) {
        const pair: Pair | undefined = node.items.find((item) => keyOf(item) === String(step));
        if (pair === undefined) break;
        const isSingle = isScalar(pair.value) && !wantsKey && isLast;
        offset = startOf(isSingle ? pair.value : pair.key) ?? offset;
        node = pair.value;
      } else if (isSeq(node) && typeof step === 'number') {
        node = node.items[step];
        if (node === undefined) break;
        offset = startOf(node) ?? offset;
      } else {
        break;
      }
    }
    return at(offset);
  };
  return {
    locate: (path) => find(path, false),
    locateKey: (path) => find(path, true),
  };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function startOf(node: unknown): number | undefined {
  if (!isNode(node)) return undefined;
  const { range }: Node = node;
  return range?.[0];
}
