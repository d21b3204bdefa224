import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Vault } from '../vault/vault.ts';
import { keptTokens, type TokenKeeper } from './token-keeper.ts';

/** Renewed tokens in the vault of the home. */
export function vaultTokens(vault: Vault): TokenKeeper {
  return {
    async read(system, grant) {
      const name = nameOf(system, grant);
      const text = await vault.read(name);
      if (text === undefined) return undefined;
      const parsed = keptTokens.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      throw new StackbridgeError('VAULT_UNREADABLE', `The vault's entry ${name} is of another version`);
    },
    write: (system, grant, tokens) => vault.write(nameOf(system, grant), JSON.stringify(tokens)),
    alone: (system, grant, work) => vault.alone(nameOf(system, grant), work),
  };
}

/** Removes whatever is kept for a system. Works without the key. */
export function forgetTokens(vault: Vault, system: string): void {
  for (const name of vault.names()) if (name.startsWith(`tokens.${system}.`)) vault.remove(name);
}

function nameOf(system: string, grant: string): string {
  return `tokens.${system}.${grant.slice(0, 16)}`;
}
