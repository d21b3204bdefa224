import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { COMMAND } from './command.ts';

const MEMORY_POLL_MS = 100;

const runDocument = z.object({
  counts: z.object({
    applied: z.number(),
    unchanged: z.number(),
    excluded: z.number(),
    conflicts: z.number(),
    failed: z.number(),
  }),
  writes: z.record(z.string(), z.number()),
  calls: z.record(z.string(), z.number()),
  stoppedBy: z.string().optional(),
});

/** What one `stackbridge sync` came to. */
export interface SyncRun {
  readonly exitCode: number;
  readonly counts: z.infer<typeof runDocument>['counts'];
  /** Records written on both sides together. */
  readonly writes: number;
  readonly stoppedBy: string | undefined;
  /** Of the whole process, from its start to its end. */
  readonly wallSeconds: number;
  /** The most memory it had at once, in MB (2^20 bytes); undefined where the system does not tell. */
  readonly peakMegabytes: number | undefined;
}

export interface SyncArguments {
  readonly recipeFile: string;
  readonly connectionsFile: string;
  readonly home: string;
  readonly flags?: readonly string[];
}

/** Runs the command as a user does, in a process of its own. */
export async function runSync({
  recipeFile,
  connectionsFile,
  home,
  flags = [],
}: SyncArguments): Promise<SyncRun> {
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [
      COMMAND,
      'sync',
      recipeFile,
      '--connections',
      connectionsFile,
      '--home',
      home,
      '--json',
      '--quiet',
      ...flags,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const watched = watchMemory(child);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  const wallSeconds = (performance.now() - startedAt) / 1000;
  const parsed = runDocument.safeParse(out === '' ? undefined : JSON.parse(out));
  if (!parsed.success) throw new Error(`The sync ended with ${code} and without a run: ${out}${err}`);
  const { counts, writes, stoppedBy } = parsed.data;
  return {
    exitCode: z.number().parse(code),
    counts,
    writes: Object.values(writes).reduce((sum, n) => sum + n, 0),
    stoppedBy,
    wallSeconds,
    peakMegabytes: watched(),
  };
}

/** The kernel keeps the peak, so the last look before the end is the one that counts. Linux only. */
function watchMemory(child: ChildProcess): () => number | undefined {
  let peak: number | undefined;
  const look = async (): Promise<void> => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    if (kilobytes !== undefined) peak = Number(kilobytes) / 1024;
  };
  const timer = setInterval(look, MEMORY_POLL_MS);
  child.once('exit', () => clearInterval(timer));
  return () => peak;
}
