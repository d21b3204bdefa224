/**
 * Reads a chain of pages, asking for the next one before handing out the current one: the server works while the
 * page is processed. Never more than one request is under way, and at most two pages are held.
 *
 * @param next the request for the page after this one; undefined after the last
 */
export async function* readAhead<Page>(
  first: () => Promise<Page>,
  next: (page: Page) => (() => Promise<Page>) | undefined,
): AsyncGenerator<Page, void, undefined> {
  let pending: Promise<Page> | undefined = first();
  while (pending !== undefined) {
    const page: Page = await pending;
    pending = next(page)?.();
    // Its failure is thrown at the next step; until then nobody is listening, and a host may end over that.
    pending?.catch(() => undefined);
    yield page;
  }
}

/** Cuts a list into runs of at most `size`. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}
