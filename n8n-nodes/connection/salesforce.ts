import { isTrustedInstance, salesforceAccess } from '@stackbridge/credentials/salesforce.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import { z } from 'zod';
import type { NodeContext } from '../ports/node-context.ts';
import { oauthConnection } from './oauth-connection.ts';
import { optionalUrl, readCredential, type TokenData, tokenData } from './stored-credential.ts';

const SALESFORCE_CREDENTIAL = 'stackbridgeSalesforceOAuth2Api';

const stored = z.object({ loginUrl: z.url(), baseUrl: optionalUrl, oauthTokenData: tokenData });

export async function salesforceConnection(context: NodeContext): Promise<Connection> {
  const { loginUrl, baseUrl, oauthTokenData } = await readCredential(
    context,
    SALESFORCE_CREDENTIAL,
    stored,
    'salesforce',
  );
  const instanceOf = ({ instance_url = '' }: TokenData): string => {
    if (baseUrl !== '') return baseUrl;
    if (isTrustedInstance(instance_url, [loginUrl])) return instance_url;
    throw new StackbridgeError('CONNECTIONS_INVALID', 'The sign-in to salesforce names no instance of it', {
      system: 'salesforce',
    });
  };
  return oauthConnection(context, {
    system: 'salesforce',
    credential: SALESFORCE_CREDENTIAL,
    token: oauthTokenData,
    accessOf: (token) => salesforceAccess(instanceOf(token), token.access_token),
  });
}
