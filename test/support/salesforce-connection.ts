import type { SandboxConnections } from '@stackbridge/sandbox/start.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';

/** A connection to the simulated org that refreshes as the real ones do, and counts its refreshes. */
export function createSalesforceConnection(
  account: SandboxConnections['salesforce'],
  http: Http,
): Connection & { readonly refreshes: () => number } {
  let current = accessOf(account.baseUrl, account.accessToken);
  let refreshing: Promise<Access> | undefined;
  let refreshes = 0;

  async function refresh(): Promise<Access> {
    refreshes += 1;
    const { clientId, clientSecret, refreshToken } = account;
    const answer = await http.send({
      method: 'POST',
      url: account.tokenUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=refresh_token&client_id=${clientId}&client_secret=${clientSecret}&refresh_token=${refreshToken}`,
    });
    if (answer.status !== 200) throw new StackbridgeError('SIGN_IN_EXPIRED', 'The grant is gone');
    const { instance_url, access_token } = JSON.parse(answer.body);
    return accessOf(String(instance_url), String(access_token));
  }

  return {
    system: 'salesforce',
    refreshes: () => refreshes,
    access: async () => current,
    renew: async (refused) => {
      if (refused !== current) return current;
      refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      });
      current = await refreshing;
      return current;
    },
  };
}

function accessOf(baseUrl: string, token: string): Access {
  return { baseUrl, headers: { authorization: `Bearer ${token}` } };
}
