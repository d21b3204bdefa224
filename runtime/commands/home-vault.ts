import { homeFolder, openHome } from '../home.ts';
import { openVault, type Vault } from '../vault/vault.ts';

/** The vault of the home that a command works with. @param home `--home` as typed */
export function homeVault(home: string | undefined): Vault {
  const { vaultFolder } = openHome(homeFolder(home, process.env));
  return openVault({ folder: vaultFolder, environment: process.env });
}
