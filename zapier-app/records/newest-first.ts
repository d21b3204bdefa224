/** As Zapier wants listings. What does not say when it was modified is the oldest. */
export function newestFirst<Listed extends { readonly modifiedAt?: number }>(
  listed: readonly Listed[],
): Listed[] {
  return listed.toSorted((a, b) => (b.modifiedAt ?? 0) - (a.modifiedAt ?? 0));
}
