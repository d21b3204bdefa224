import {
  signInXeroClient,
  takeXeroConsent,
  XERO_ENDPOINTS,
  type XeroOrganisation,
  xeroConnectionsRequest,
  xeroConsentPage,
  xeroIdentityEndpoints,
  xeroOrganisations,
} from '@stackbridge/credentials/xero.ts';
import { answerTo, notAccepted, type RegisteredClient, type SignedIn, type SignInPorts } from './sign-in.ts';

export interface XeroPlace {
  /** Whatever speaks for Xero's identity hosts; default those themselves. */
  readonly loginUrl: string | undefined;
  /** Whatever speaks for the host of its APIs; default that itself. */
  readonly baseUrl: string | undefined;
  /** Which organisation, by name or tenant id, where the sign-in reaches several. */
  readonly organisation: string | undefined;
}

/** A user of the organisation consents. @param clientSecret absent for applications by PKCE alone */
export async function signInToXero(
  place: XeroPlace,
  scopes: readonly string[],
  { clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string | undefined },
  ports: SignInPorts,
): Promise<SignedIn> {
  const { attempt, answer } = await ports.askUser(xeroConsentPage(scopes, place.loginUrl), clientId);
  const { accessToken, refreshToken } = await takeXeroConsent(attempt, answer, clientSecret, ports.http);
  if (refreshToken === undefined)
    throw notAccepted('Xero gave no refresh token: it did not grant the scope "offline_access"', 'xero');
  const { tenantId, name } = await organisationOf(accessToken, place, ports);
  return {
    method: 'consent',
    account: name,
    settings: {
      ...settingsOf(place),
      clientId,
      ...(clientSecret === undefined ? {} : { clientSecret }),
      refreshToken,
      accessToken,
      tenantId,
    },
  };
}

/** A custom connection: an application of one organisation, which signs in by itself. */
export async function signInXeroCustom(
  place: XeroPlace,
  client: RegisteredClient,
  ports: SignInPorts,
): Promise<SignedIn> {
  const { tokenUrl } = xeroIdentityEndpoints(place.loginUrl);
  const { accessToken } = await signInXeroClient({ ...client, tokenUrl }, ports.http);
  const { tenantId, name } = await organisationOf(accessToken, place, ports);
  return { method: 'client', account: name, settings: { ...settingsOf(place), ...client, tenantId } };
}

function settingsOf({ loginUrl, baseUrl }: XeroPlace): Record<string, string> {
  return {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(loginUrl === undefined ? {} : { tokenUrl: xeroIdentityEndpoints(loginUrl).tokenUrl }),
  };
}

async function organisationOf(
  accessToken: string,
  { baseUrl = XERO_ENDPOINTS.baseUrl, organisation }: XeroPlace,
  { http, choose }: SignInPorts,
): Promise<XeroOrganisation> {
  const answer = await answerTo(xeroConnectionsRequest(baseUrl, accessToken), http, 'xero');
  const reached = xeroOrganisations(answer);
  if (reached === undefined)
    throw notAccepted(`Xero does not accept the sign-in (HTTP ${answer.status})`, 'xero');
  const byId = reached.find(({ tenantId }) => tenantId === organisation);
  const name =
    byId?.name ??
    (await choose({
      what: 'organisation',
      option: '--organisation',
      wanted: organisation,
      offered: reached.map((one) => one.name),
    }));
  const chosen = byId ?? reached.find((one) => one.name === name);
  if (chosen === undefined) throw new Error('What was chosen was among what was offered');
  return chosen;
}
