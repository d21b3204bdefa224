/** What the user does on a consent page. */
export interface Decision {
  readonly decision: 'accept' | 'deny';
  /** The organisation by its name, where the page asks for one; default the one that stands first. */
  readonly organisation?: string;
}

/** Opens a consent page as a browser does, answers it, and gives the address that the browser is sent to. */
export async function answerConsent(
  address: string,
  { decision, organisation }: Decision = { decision: 'accept' },
): Promise<string> {
  const page = await fetch(address);
  const html = await page.text();
  if (!page.ok || !html.includes('<form method="post">'))
    throw new Error(`No consent page: ${page.status} ${html}`);
  const offered = [...html.matchAll(/<option value="([^"]+)">([^<]+)</g)];
  const chosen =
    organisation === undefined ? offered[0] : offered.find(([, , name]) => name === organisation);
  if (organisation !== undefined && chosen === undefined) throw new Error(`${organisation} is not offered`);
  const body = new URLSearchParams({ decision, ...(chosen?.[1] === undefined ? {} : { tenant: chosen[1] }) });
  const answer = await fetch(page.url, { method: 'POST', body, redirect: 'manual' });
  const target = answer.headers.get('location');
  if (target === null) throw new Error(`No redirect: ${answer.status} ${await answer.text()}`);
  return target;
}
