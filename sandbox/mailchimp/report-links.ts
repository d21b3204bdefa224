import { hash } from 'node:crypto';
import type { Campaign } from './campaign.ts';

/** A link of a campaign that somebody has clicked. */
export interface ClickedLink {
  readonly id: string;
  readonly url: string;
  clicks: number;
  /** Contact ids. */
  readonly clickers: Set<string>;
  /** Seconds since 1970. */
  lastS: number;
}

/** The links that were clicked, in the order of the first click to be found. */
export function urlsClicked({ id, deliveries }: Campaign): ClickedLink[] {
  const links = new Map<string, ClickedLink>();
  for (const { contactId, clicks } of deliveries.values()) {
    for (const { url, atS } of clicks) {
      const link = links.get(url) ?? {
        id: hash('md5', `${id}:${url}`).slice(0, 10),
        url,
        clicks: 0,
        clickers: new Set<string>(),
        lastS: atS,
      };
      links.set(url, link);
      link.clicks += 1;
      link.clickers.add(contactId);
      link.lastS = Math.max(link.lastS, atS);
    }
  }
  return [...links.values()];
}
