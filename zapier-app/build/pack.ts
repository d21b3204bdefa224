import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Archive, checkArchive } from './check-archive.ts';
import { BuildFault, zapier } from './toolchain.ts';

export interface Packed {
  readonly zip: string;
  readonly archive: Archive;
}

/** Validates a staged app and makes the archives that `zapier-platform upload` sends. */
export function packApp(folder: string, secrets: readonly string[]): Packed {
  zapier(['validate', '--without-style'], folder);
  // The validation that is skipped is a call to Zapier, which needs a login.
  zapier(['build', '--skip-validation'], folder);
  const zip = join(folder, 'build', 'build.zip');
  if (!existsSync(zip)) throw new BuildFault(`The build left no ${zip}`);
  const archive = checkArchive(zip, secrets);
  const source = checkArchive(join(folder, 'build', 'source.zip'), secrets);
  const faults = [...archive.faults, ...source.faults];
  if (faults.length === 0) return { zip, archive };
  throw new BuildFault(
    ['The archive holds what it must not:', ...faults.map(({ file, what }) => `${file}: ${what}`)].join(
      '\n  ',
    ),
  );
}
