import { openTestVault } from './vault.ts';

/** Writes ever longer texts into a vault until it is killed. Run as `node write-vault-for-ever.ts FOLDER`. */
const vault = openTestVault(process.argv[2] ?? '');
for (let round = 1; ; round++) {
  await vault.write('xero', `${round} `.repeat(round * 50));
  if (round === 5) process.stdout.write('under way\n');
}
