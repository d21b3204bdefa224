import { isSafeForSecrets } from '@stackbridge/credentials/loopback.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import { z } from 'zod';
import type { NodeContext } from '../ports/node-context.ts';

/** What n8n keeps of the token endpoint's last answer. */
export const tokenData = z.object({
  access_token: z.string().min(1),
  /** Salesforce: where every call goes. */
  instance_url: z.url().optional(),
});

export type TokenData = z.infer<typeof tokenData>;

/** A field of a credential in which a URL may stand. */
export const optionalUrl = z
  .string()
  .default('')
  .refine((url) => url === '' || isSafeForSecrets(url), {
    error: 'must be an https URL (http for this machine only)',
  });

/** @throws StackbridgeError that names the fields at fault, never a value */
export async function readCredential<Stored>(
  context: NodeContext,
  credential: string,
  shape: z.ZodType<Stored>,
  system: SystemName,
): Promise<Stored> {
  const read = shape.safeParse(await context.getCredentials(credential));
  if (read.success) return read.data;
  const isUnconnected = read.error.issues.every(({ path }) => path[0] === 'oauthTokenData');
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw isUnconnected
    ? new StackbridgeError('SIGN_IN_EXPIRED', `The credential for ${system} is not connected`, { system })
    : new StackbridgeError(
        'CONNECTIONS_INVALID',
        `The credential for ${system} is not complete (${faults})`,
        { system },
      );
}
