import type { Desk, Simulator } from '../simulator.ts';
import type { World } from '../world.ts';
import { salesforceActions } from './admin-actions.ts';
import { ApiUsage } from './api-usage.ts';
import { Auth } from './auth.ts';
import type { IngestJob } from './bulk-jobs.ts';
import { deskOf } from './desk.ts';
import { errorAnswer, requestLimitExceeded, usualError } from './errors.ts';
import { Org } from './org.ts';
import { QueryCursors } from './query-cursors.ts';
import { bulkIngestEndpoints } from './rest/bulk-ingest.ts';
import { bulkQueryEndpoints, type QueryJob } from './rest/bulk-query.ts';
import { collectionEndpoints } from './rest/collections.ts';
import { compositeEndpoints } from './rest/composite.ts';
import type { Endpoint } from './rest/endpoint.ts';
import { metadataEndpoints } from './rest/metadata.ts';
import { queryEndpoints } from './rest/query.ts';
import { sobjectRowEndpoints } from './rest/sobject-rows.ts';
import { updatedDeletedEndpoints } from './rest/updated-deleted.ts';
import { serveApi } from './serve-api.ts';
import { serveOauth } from './serve-oauth.ts';
import { restoreSnapshot, takeSnapshot } from './snapshot.ts';

/** The simulated Salesforce org: its REST and Bulk APIs, its login host, and the people at its screens. */
export interface Salesforce extends Simulator {
  readonly name: 'salesforce';
  readonly auth: Auth;
  /** What is behind the API, for seeding and for people's edits. */
  readonly org: Org;
  readonly desk: Desk;
}

export function createSalesforce(world: World): Salesforce {
  const org = new Org(world);
  const auth = new Auth(org);
  const usage = new ApiUsage(org);
  const cursors = new QueryCursors(org);
  const ingestJobs = new Map<string, IngestJob>();
  const queryJobs = new Map<string, QueryJob>();
  // What is specific comes before what has a placeholder in its place: inner calls take the first that fits.
  const endpoints: Endpoint[] = [
    ...metadataEndpoints(org, usage),
    ...queryEndpoints(org, cursors),
    ...updatedDeletedEndpoints(org),
    ...collectionEndpoints(org),
    ...compositeEndpoints(org, () => endpoints),
    ...bulkIngestEndpoints(org, ingestJobs),
    ...bulkQueryEndpoints(org, queryJobs),
    ...sobjectRowEndpoints(org),
  ];
  const forgetWork = (): void => {
    cursors.clear();
    ingestJobs.clear();
    queryJobs.clear();
  };
  return {
    name: 'salesforce',
    rootPath: '/services/',
    auth,
    org,
    register: (scope) => {
      serveOauth(scope, org, auth);
      serveApi(scope, { org, auth, usage, endpoints });
    },
    failure: (status) => errorAnswer(usualError(status)),
    throttled: () => errorAnswer(requestLimitExceeded()),
    expireTokens: () => auth.expireAccessTokens(),
    revoke: () => auth.revokeGrant(),
    desk: deskOf(org),
    actions: salesforceActions(org, auth, usage),
    reset: () => {
      org.reset();
      auth.reinstate();
      usage.clear();
      forgetWork();
    },
    snapshot: () => takeSnapshot(org),
    restore: (snapshot) => {
      restoreSnapshot(org, snapshot);
      forgetWork();
    },
  };
}
