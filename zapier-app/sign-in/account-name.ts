import { SYSTEM_FACTS } from '@stackbridge/credentials/systems.ts';
import { xeroConnectionsRequest, xeroOrganisations } from '@stackbridge/credentials/xero.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import type { AuthData } from '../connection/auth-data.ts';
import { connectionTo } from '../connection/connection.ts';
import { refusalOf } from '../connection/refusal.ts';

/** Asks who is signed in, by the cheapest call that only a valid sign-in answers. */
export async function accountName(account: AuthData, http: Http): Promise<string> {
  return account.system === 'xero' ? organisationNames(account, http) : ownName(account, http);
}

async function ownName(account: Exclude<AuthData, { system: 'xero' }>, http: Http): Promise<string> {
  const { proof, accountName } = SYSTEM_FACTS[account.system];
  const system = account.system === 'zoho' ? 'zoho-projects' : account.system;
  const answer = await http.send(proof(await connectionTo({ system }, account).access()));
  const name = accountName(answer);
  if (name === undefined) throw refusalOf(answer, system);
  return name;
}

/** A sign-in to Xero reaches all organisations that its user has ticked. */
async function organisationNames(
  { api_url, access_token }: Extract<AuthData, { system: 'xero' }>,
  http: Http,
): Promise<string> {
  const answer = await http.send(xeroConnectionsRequest(api_url, access_token));
  const organisations = xeroOrganisations(answer);
  if (organisations === undefined) throw refusalOf(answer, 'xero');
  if (organisations.length === 0)
    throw new StackbridgeError('ACCESS_DENIED', 'The sign-in reaches no organisation in Xero', {
      system: 'xero',
    });
  return organisations.map(({ name }) => name).join(', ');
}
