import { ZOHO_DATA_CENTRES, zohoAccess, zohoEndpoints } from '@stackbridge/credentials/zoho.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import { z } from 'zod';
import type { NodeContext } from '../ports/node-context.ts';
import { oauthConnection } from './oauth-connection.ts';
import { optionalUrl, readCredential, tokenData } from './stored-credential.ts';

export const ZOHO_CREDENTIAL = 'stackbridgeZohoOAuth2Api';

const stored = z.object({
  dataCentre: z.enum(ZOHO_DATA_CENTRES),
  projectsUrl: optionalUrl,
  booksUrl: optionalUrl,
  oauthTokenData: tokenData,
});

/** Both products share one sign-in, and have a host each. */
export async function zohoConnection(
  context: NodeContext,
  system: 'zoho-projects' | 'zoho-books',
): Promise<Connection> {
  const { dataCentre, projectsUrl, booksUrl, oauthTokenData } = await readCredential(
    context,
    ZOHO_CREDENTIAL,
    stored,
    system,
  );
  const hosts = zohoEndpoints(dataCentre);
  const baseUrl = system === 'zoho-books' ? booksUrl || hosts.booksUrl : projectsUrl || hosts.projectsUrl;
  return oauthConnection(context, {
    system,
    credential: ZOHO_CREDENTIAL,
    token: oauthTokenData,
    accessOf: ({ access_token }) => zohoAccess(baseUrl, access_token),
  });
}
