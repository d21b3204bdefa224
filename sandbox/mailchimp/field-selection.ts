/** A tree of chosen fields: `true` takes a field whole, a map only what is named below it. */
export type FieldTree = Map<string, FieldTree | true>;

/** What `fields` and `exclude_fields` of a request ask for. */
export interface FieldSelection {
  only: FieldTree | undefined;
  except: FieldTree | undefined;
}

/** Everything. */
export const ALL_FIELDS: FieldSelection = { only: undefined, except: undefined };

/** Reads the two parameters: comma-separated, dotted into sub-objects. */
export function readSelection(fields: string | undefined, excluded: string | undefined): FieldSelection {
  const only = treeOf(fields);
  const except = treeOf(excluded);
  return only === undefined && except === undefined ? ALL_FIELDS : { only, except };
}

/** What the selection says about the inside of one field; undefined when the field is not shown at all. */
export function selectionBelow(selection: FieldSelection, key: string): FieldSelection | undefined {
  const only = selection.only?.get(key);
  if (selection.only !== undefined && only === undefined) return undefined;
  const except = selection.except?.get(key);
  if (except === true) return undefined;
  if (only === undefined && except === undefined) return ALL_FIELDS;
  return { only: only === true ? undefined : only, except };
}

/** A copy of the value with only the selected fields; arrays are looked into element by element. */
export function select(value: unknown, selection: FieldSelection): unknown {
  if (selection.only === undefined && selection.except === undefined) return value;
  if (Array.isArray(value)) return value.map((element) => select(element, selection));
  if (typeof value !== 'object' || value === null) return value;
  const selected: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const below = selectionBelow(selection, key);
    if (below !== undefined) selected[key] = select(inner, below);
  }
  return selected;
}

function treeOf(list: string | undefined): FieldTree | undefined {
  if (list === undefined || list.trim() === '') return undefined;
  const root: FieldTree = new Map();
  for (const path of list.split(',')) plant(root, path.trim().split('.'));
  return root;
}

function plant(tree: FieldTree, path: readonly string[]): void {
  const [head, ...rest] = path;
  if (head === undefined || head === '') return;
  const known = tree.get(head);
  if (known === true) return;
  if (rest.length === 0) {
    tree.set(head, true);
    return;
  }
  const below: FieldTree = known ?? new Map();
  tree.set(head, below);
  plant(below, rest);
}
