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
    forget: (system, grant) => void vault.remove(nameOf(system, grant)),
    alone: (system, grant, work) => vault.alone(nameOf(system, grant), work),
  };
}

function nameOf(system: string, grant: string): string {
  return `tokens.${system}.${grant.slice(0, 16)}`;
}
