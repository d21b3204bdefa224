import type { INodeListSearchResult } from 'n8n-workflow';

/** Those of a list whose name or id the user has begun to type. */
export function found(
  known: readonly { readonly name: string; readonly id: string }[],
  filter: string,
): INodeListSearchResult {
  const wanted = filter.toLowerCase();
  return {
    results: known
      .filter(({ name, id }) => name.toLowerCase().includes(wanted) || id === filter)
      .map(({ name, id }) => ({ name, value: id })),
  };
}
