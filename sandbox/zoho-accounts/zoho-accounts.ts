import { z } from 'zod';
import { type AdminAction, adminAction, type Desk, type Simulator } from '../simulator.ts';
import type { World } from '../world.ts';
import { Grants } from './grants.ts';
import { DATA_CENTRES, type DataCentre, OAUTH_CLIENT, serveOauth, TOO_MANY_TOKENS } from './oauth-routes.ts';

/** What a consultant's client asks for: reading both products, and writing time logs. */
const SCOPES: readonly string[] = [
  'ZohoProjects.portals.READ',
  'ZohoProjects.projects.ALL',
  'ZohoProjects.milestones.ALL',
  'ZohoProjects.tasklists.READ',
  'ZohoProjects.tasks.ALL',
  'ZohoProjects.timesheets.ALL',
  'ZohoProjects.bugs.ALL',
  'ZohoProjects.users.READ',
  'ZohoBooks.expenses.ALL',
  'ZohoBooks.projects.READ',
  'ZohoBooks.invoices.READ',
  'ZohoBooks.settings.READ',
  'ZohoBooks.contacts.READ',
];

/** What lies behind the accounts server. */
export interface AccountsState {
  readonly world: World;
  readonly grants: Grants;
  /** Where the user's data is kept. */
  centre: DataCentre;
  /** Whether the user has agreed to the client before: a second consent gives no refresh token by itself. */
  hasConsented: boolean;
}

/** The simulated accounts server of Zoho, where tokens of all its products come from. */
export interface ZohoAccounts extends Simulator {
  readonly name: 'zoho-accounts';
  readonly oauth: { readonly clientId: string; readonly clientSecret: string };
  readonly grants: Grants;
}

export function createZohoAccounts(world: World): ZohoAccounts {
  const grants = new Grants(world, SCOPES);
  const state: AccountsState = { world, grants, centre: 'us', hasConsented: false };
  const settle = (centre: DataCentre, hasConsented: boolean): void => {
    state.centre = centre;
    state.hasConsented = hasConsented;
  };
  return {
    name: 'zoho-accounts',
    oauth: OAUTH_CLIENT,
    grants,
    register: (scope) => serveOauth(scope, state),
    failure: (status) => ({ status, body: { error: status < 500 ? 'invalid_request' : 'server_error' } }),
    throttled: () => ({ status: 200, body: TOO_MANY_TOKENS }),
    expireTokens: () => grants.expireAccess(),
    revoke: () => grants.withdrawAll(),
    desk: NO_DESK,
    actions: actionsOf(state),
    reset: () => {
      grants.reinstate();
      settle('us', false);
    },
    snapshot: () => ({ grants: grants.snapshot(), centre: state.centre, hasConsented: state.hasConsented }),
    restore: (snapshot) => {
      const data = AccountsData.parse(snapshot);
      grants.restore(data.grants);
      settle(data.centre, data.hasConsented);
    },
  };
}

const AccountsData = z.object({
  grants: z.unknown(),
  centre: z.enum(DATA_CENTRES),
  hasConsented: z.boolean(),
});

function actionsOf(state: AccountsState): Readonly<Record<string, AdminAction>> {
  return {
    /** Moves the user to another data centre: codes and tokens are then good there only. */
    settings: adminAction(z.strictObject({ centre: z.enum(DATA_CENTRES) }), ({ centre }) => {
      state.centre = centre;
    }),

    'expire-tokens': adminAction(z.strictObject({}), () => state.grants.expireAccess()),
    revoke: adminAction(z.strictObject({}), () => state.grants.withdrawAll()),
  };
}

/** Nobody keeps records at an accounts server. */
const NO_DESK: Desk = {
  list: () => ({ total: 0, records: [] }),
  create: refuse,
  edit: refuse,
  remove: refuse,
};

function refuse(): never {
  throw new RangeError('The accounts server has no records');
}
