import { openVault, type Vault } from 'stackbridge/vault/vault.ts';

/** A vault whose key lies beside it: no test asks the key store of the machine it runs on. */
export function openTestVault(folder: string): Vault {
  return openVault({ folder, environment: { STACKBRIDGE_VAULT_KEY_IN: 'file' } });
}
