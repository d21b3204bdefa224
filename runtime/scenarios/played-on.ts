import { z } from 'zod';

/** Hosts that scenario files can be played on. */
const HOSTS = ['runtime', 'n8n', 'zapier'] as const;
export type HostName = (typeof HOSTS)[number];

/** What a scenario file says of the hosts it is for. */
export const playedOn = {
  hosts: z
    .array(z.enum(HOSTS))
    .min(1)
    .default([...HOSTS])
    .describe('Where it can be played. Default: all'),
  hostsBecause: z.string().optional().describe('Why not on all hosts'),
};

interface PlayedOn {
  readonly hosts: readonly HostName[];
  readonly hostsBecause?: string | undefined;
}

export function isPlayedEverywhereOrSaysWhy({ hosts, hostsBecause }: PlayedOn): boolean {
  return hosts.length === HOSTS.length || hostsBecause !== undefined;
}

export const SAY_WHY = { path: ['hostsBecause'], error: 'Say why it cannot be played on every host' };

/** Why a file is left out on a host; undefined where it is for that one. */
export function whyNotOn(host: HostName, { hosts, hostsBecause }: PlayedOn): string | undefined {
  if (hosts.includes(host)) return undefined;
  return hostsBecause ?? `only on ${hosts.join(', ')} of ${HOSTS.join(', ')}`;
}
