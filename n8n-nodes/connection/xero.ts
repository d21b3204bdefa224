import { XERO_ENDPOINTS, xeroAccess } from '@stackbridge/credentials/xero.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import { z } from 'zod';
import type { NodeContext } from '../ports/node-context.ts';
import { oauthConnection } from './oauth-connection.ts';
import { optionalUrl, readCredential, tokenData } from './stored-credential.ts';

export const XERO_CREDENTIAL = 'stackbridgeXeroOAuth2Api';

const stored = z.object({ baseUrl: optionalUrl, oauthTokenData: tokenData });

/** @param tenantId the organisation; absent only for the list of organisations */
export async function xeroConnection(
  context: NodeContext,
  tenantId: string | undefined,
): Promise<Connection> {
  const { baseUrl, oauthTokenData } = await readCredential(context, XERO_CREDENTIAL, stored, 'xero');
  return oauthConnection(context, {
    system: 'xero',
    credential: XERO_CREDENTIAL,
    token: oauthTokenData,
    accessOf: ({ access_token }) => xeroAccess(baseUrl || XERO_ENDPOINTS.baseUrl, access_token, tenantId),
  });
}
