import type { Campaign } from './campaign.ts';

/** What a campaign came to, as its report counts it. */
export interface ReportCounts {
  readonly emailsSent: number;
  readonly unsubscribed: number;
  readonly hard: number;
  readonly soft: number;
  readonly opens: number;
  readonly uniqueOpens: number;
  readonly proxyOpens: number;
  readonly uniqueHumanOpens: number;
  readonly lastOpenS: number | undefined;
  readonly clicks: number;
  /** Different links that each person clicked, summed. */
  readonly uniqueClicks: number;
  readonly clickers: number;
  readonly lastClickS: number | undefined;
}

export function countReport({ deliveries }: Campaign): ReportCounts {
  const all = [...deliveries.values()];
  const opens = all.flatMap((delivery) => delivery.opens);
  const clicks = all.flatMap((delivery) => delivery.clicks);
  const having = (has: (delivery: (typeof all)[number]) => boolean): number => all.filter(has).length;
  return {
    emailsSent: all.length,
    unsubscribed: having(({ unsubscribe }) => unsubscribe !== undefined),
    hard: having(({ bounce }) => bounce?.type === 'hard'),
    soft: having(({ bounce }) => bounce?.type === 'soft'),
    opens: opens.length,
    uniqueOpens: having((delivery) => delivery.opens.length > 0),
    proxyOpens: opens.filter(({ proxy }) => proxy).length,
    uniqueHumanOpens: having((delivery) => delivery.opens.some(({ proxy }) => !proxy)),
    lastOpenS: latest(opens),
    clicks: clicks.length,
    uniqueClicks: all.reduce((sum, delivery) => sum + new Set(delivery.clicks.map(({ url }) => url)).size, 0),
    clickers: having((delivery) => delivery.clicks.length > 0),
    lastClickS: latest(clicks),
  };
}

function latest(events: readonly { readonly atS: number }[]): number | undefined {
  let last: number | undefined;
  for (const { atS } of events) if (last === undefined || atS > last) last = atS;
  return last;
}

/** A share of the mails that arrived, as reports show it. */
export function rate(part: number, { emailsSent, hard, soft }: ReportCounts): number {
  const arrived = emailsSent - hard - soft;
  return arrived <= 0 ? 0 : part / arrived;
}
