import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { lintPack } from './lint-pack.ts';
import { PACK_FOLDER, run, tool } from './toolchain.ts';

/** Something that n8n's review of community packs would refuse. */
export interface PackFinding {
  readonly by: string;
  readonly what: string;
}

const scanner = z.object({
  SOURCE_FILE_PATTERNS: z.array(z.string()),
  analyzePackage: z.custom<(folder: string, patterns: readonly string[]) => Promise<unknown>>(
    (given) => typeof given === 'function',
  ),
});
const verdict = z.object({
  passed: z.boolean(),
  message: z.string().optional(),
  details: z.string().optional(),
});
const packed = z.tuple([z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) })]);

/** What is shipped: the bundles, icons, codex files and the manifest. */
const SHIPPED = /^(package\.json|README\.md|LICENSE|dist\/.+\.(js|json|svg))$/;

/** The checks of a verified community pack, on the sources and on the archive that would be published. */
export async function checkPack(): Promise<PackFinding[]> {
  const { analyzePackage, SOURCE_FILE_PATTERNS } = scanner.parse(
    await import(pathToFileURL(tool('@n8n/scan-community-package/scanner/scanner.mjs')).href),
  );
  const linted = lintPack();
  const findings: PackFinding[] = linted === undefined ? [] : [{ by: 'n8n-node lint', what: linted }];
  const scan = async (by: string, folder: string, patterns: readonly string[]): Promise<void> => {
    const { passed, message = '', details = '' } = verdict.parse(await analyzePackage(folder, patterns));
    if (!passed) findings.push({ by, what: `${message}\n${details}` });
  };
  await scan('scanner, sources', PACK_FOLDER, SOURCE_FILE_PATTERNS);
  const folder = mkdtempSync(join(tmpdir(), 'stackbridge-pack-'));
  try {
    const [{ filename, files }] = packed.parse(
      JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: PACK_FOLDER })),
    );
    for (const { path } of files)
      if (!SHIPPED.test(path)) findings.push({ by: 'archive', what: `${path} is not part of a pack` });
    run('tar', ['-xzf', filename], { cwd: folder });
    await scan('scanner, archive', join(folder, 'package'), ['**/*.js', 'package.json']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return findings;
}
