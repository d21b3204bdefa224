import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { NodeContext } from '../ports/node-context.ts';
import { refreshFault } from './refresh-fault.ts';
import { type TokenData, tokenData } from './stored-credential.ts';

export interface OAuthAccount {
  readonly system: SystemName;
  /** Name of the credential's type. */
  readonly credential: string;
  /** As stored when the execution began. */
  readonly token: TokenData;
  /** Where and how a token travels. */
  readonly accessOf: (token: TokenData) => Access;
}

/**
 * An account whose tokens n8n keeps and renews: once for a credential, also where several workers ask at a time, and it
 * hands out what another has renewed meanwhile.
 */
export function oauthConnection(
  context: NodeContext,
  { system, credential, token, accessOf }: OAuthAccount,
): Connection {
  let current = accessOf(token);
  let renewal: Promise<Access> | undefined;

  async function renewed(): Promise<Access> {
    const answer = await refreshed(context, credential);
    if ('failed' in answer) throw refreshFault(answer.failed, system);
    const read = tokenData.safeParse(answer.data);
    if (!read.success)
      throw new StackbridgeError('SIGN_IN_EXPIRED', `The sign-in to ${system} could not be renewed`, {
        system,
      });
    current = accessOf({ ...token, ...read.data });
    return current;
  }

  return {
    system,
    access: async () => current,
    renew(refused) {
      if (refused !== current) return Promise.resolve(current);
      renewal ??= renewed().finally(() => {
        renewal = undefined;
      });
      return renewal;
    },
  };
}

async function refreshed(
  context: NodeContext,
  credential: string,
): Promise<{ readonly data: unknown } | { readonly failed: unknown }> {
  try {
    return { data: await context.helpers.refreshOAuth2Token.call(context, credential) };
  } catch (failed) {
    return { failed };
  }
}
