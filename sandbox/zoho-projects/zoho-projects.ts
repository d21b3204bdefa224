import type { Simulator } from '../simulator.ts';
import type { World } from '../world.ts';
import type { ZohoAccounts } from '../zoho-accounts/zoho-accounts.ts';
import { deskOf } from './desk.ts';
import { personActions } from './people-actions.ts';
import { Portal } from './portal.ts';
import { refusalAnswer, refusalOf, throttled } from './refusal.ts';
import { serveApi } from './serve-api.ts';
import { restoreSnapshot, takeSnapshot } from './snapshot.ts';

/** How long the vendor asks to wait, where a fault does not say. */
const USUAL_WAIT_S = 22 * 60;

/** The simulated Zoho Projects portal: API V3, what is left of V2, and the people at its screens. */
export interface ZohoProjects extends Simulator {
  readonly name: 'zoho-projects';
  /** What is behind the API, for seeding and for people's edits. */
  readonly portal: Portal;
}

/** @param accounts where its tokens come from */
export function createZohoProjects(world: World, accounts: ZohoAccounts): ZohoProjects {
  const portal = new Portal(world);
  return {
    name: 'zoho-projects',
    portal,
    register: (scope) => serveApi(scope, portal, (token) => accounts.grants.standingOf(token)),
    failure: (status) => refusalAnswer(refusalOf(status), portal.settings, 'GET', '/api/v3'),
    throttled: ({ retryAfterS = USUAL_WAIT_S, bare }) => {
      const { throttle } = portal.settings;
      if (bare) return { status: 429, headers: { 'retry-after': String(retryAfterS) }, body: '' };
      const refusal = throttled(throttle.calls, Math.ceil(retryAfterS / 60), throttle);
      return refusalAnswer(refusal, portal.settings, 'GET', '/api/v3');
    },
    expireTokens: () => accounts.expireTokens(),
    revoke: () => accounts.revoke(),
    desk: deskOf(portal),
    actions: personActions(portal),
    reset: () => portal.clear(),
    snapshot: () => takeSnapshot(portal),
    restore: (snapshot) => restoreSnapshot(portal, snapshot),
  };
}
