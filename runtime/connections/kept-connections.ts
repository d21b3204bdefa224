import { SIGN_IN_SYSTEMS, type SignInSystem } from '@stackbridge/credentials/systems.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { z } from 'zod';
import type { Vault } from '../vault/vault.ts';

/** How one can sign in: by a user's consent, by a key, or as an application that is let in beforehand. */
const SIGN_IN_METHODS = ['consent', 'key', 'jwt', 'client'] as const;
const keptConnection = z.strictObject({
  method: z.enum(SIGN_IN_METHODS),
  /** What the account calls itself. */
  account: z.string(),
  /** Milliseconds since 1970. */
  connectedAt: z.number(),
  /** As a section of the connections file holds them. */
  settings: z.record(z.string(), z.string()),
});

/** A sign-in that `connect` has made. */
export type KeptConnection = z.infer<typeof keptConnection>;

/** The sign-ins in the vault, one a system. */
export interface KeptConnections {
  systems(): SignInSystem[];
  /** @throws StackbridgeError `VAULT_UNREADABLE` */
  read(system: SignInSystem): Promise<KeptConnection | undefined>;
  write(system: SignInSystem, connection: KeptConnection): Promise<void>;
  /** Works without the key. @returns whether there was one */
  remove(system: SignInSystem): boolean;
}

export function keptConnections(vault: Vault): KeptConnections {
  return {
    systems() {
      const names = vault.names();
      return SIGN_IN_SYSTEMS.filter((system) => names.includes(system));
    },
    async read(system) {
      const text = await vault.read(system);
      if (text === undefined) return undefined;
      const parsed = keptConnection.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      throw new StackbridgeError('VAULT_UNREADABLE', `The vault's entry ${system} is of another version`);
    },
    write: (system, connection) => vault.alone(system, () => vault.write(system, JSON.stringify(connection))),
    remove: (system) => vault.remove(system),
  };
}
