const AT_ONCE = 8;

/** Works through a list, a few at a time. */
export async function inTurns<T>(
  items: readonly T[],
  work: (item: T, at: number) => Promise<void>,
): Promise<void> {
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [at, item] of entries) await work(item, at);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
