import type { ApiUsage } from '../api-usage.ts';
import { describeObject, describeSummary } from '../describe.ts';
import type { Org } from '../org.ts';
import { type Endpoint, param } from './endpoint.ts';
import { objectNamed } from './sobject-rows.ts';

const OLDEST_VERSION = 31;
const NEWEST_VERSION = 66;

/** All API versions this org speaks, as `GET /services/data` lists them. */
export function versionList(): Array<{ label: string; url: string; version: string }> {
  const seasons = ['Spring', 'Summer', 'Winter'];
  return Array.from({ length: NEWEST_VERSION - OLDEST_VERSION + 1 }, (_, i) => {
    const release = OLDEST_VERSION + i;
    const version = `${release}.0`;
    // Version 31 was Summer '14; three releases a year, winter's carrying the next year's number.
    const year = 14 + Math.floor((i + 1 + (i % 3 === 1 ? 1 : 0)) / 3);
    return { label: `${seasons[(i + 1) % 3]} '${year}`, url: `/services/data/v${version}`, version };
  });
}

export function isKnownVersion(version: string): boolean {
  const release = Number(version);
  return /^\d+\.0$/.test(version) && release >= OLDEST_VERSION && release <= NEWEST_VERSION;
}

/** What the org is made of, and what is left of its limits. */
export function metadataEndpoints(org: Org, usage: ApiUsage): Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/',
      operation: 'resources',
      handle: ({ version }) => {
        const names = ['sobjects', 'query', 'queryAll', 'composite', 'limits', 'jobs'];
        return {
          status: 200,
          body: Object.fromEntries(names.map((name) => [name, `/services/data/v${version}/${name}`])),
        };
      },
    },
    {
      method: 'GET',
      path: '/sobjects',
      operation: 'describe-global',
      handle: ({ version }) => {
        const sobjects = [...org.schema.objects()].map((object) => describeSummary(version, object));
        return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
      },
    },
    {
      method: 'GET',
      path: '/sobjects/:object',
      operation: 'object-info',
      handle: (call) => {
        const objectDescribe = describeSummary(call.version, objectNamed(org, param(call, 'object')));
        return { status: 200, body: { objectDescribe, recentItems: [] } };
      },
    },
    {
      method: 'GET',
      path: '/sobjects/:object/describe',
      operation: 'describe',
      handle: (call) => ({
        status: 200,
        body: describeObject(call.version, org.schema, objectNamed(org, param(call, 'object'))),
      }),
    },
    {
      method: 'GET',
      path: '/limits',
      operation: 'limits',
      handle: () => {
        const Max = org.settings.dailyApiRequests;
        const limit = (max: number, remaining = max) => ({ Max: max, Remaining: remaining });
        return {
          status: 200,
          body: {
            DailyApiRequests: limit(Max, Math.max(0, Max - usage.used())),
            DailyBulkApiBatches: limit(15_000),
            DailyBulkV2QueryFileStorageMB: limit(976_562),
            DailyBulkV2QueryJobs: limit(10_000),
            DataStorageMB: limit(1024),
            FileStorageMB: limit(1024),
          },
        };
      },
    },
  ];
}
