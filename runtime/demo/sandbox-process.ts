import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

const announcement = z.object({
  baseUrls: z.object({ admin: z.string() }),
  connections: z.record(z.string(), z.unknown()),
  signIns: z.record(z.string(), z.record(z.string(), z.string())),
});

/** A sandbox in a process of its own: only HTTP stands between it and the sync, as with the real systems. */
export interface SandboxProcess {
  readonly adminUrl: string;
  /** What a connections file holds. */
  readonly connections: Readonly<Record<string, unknown>>;
  /** What `connect` needs, by system. */
  readonly signIns: Readonly<Record<string, Readonly<Record<string, string>>>>;
  close(): Promise<void>;
}

/** Runs `stackbridge sandbox` with nobody in it yet. It ends with this process, however that ends. */
export async function startSandboxProcess(seed: number): Promise<SandboxProcess> {
  const child = spawn(process.execPath, [MAIN, 'sandbox', '--seed', String(seed), '--json'], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C in a terminal reaches the whole group; the sandbox has to outlive the batch in flight.
    detached: true,
  });
  const { baseUrls, connections, signIns } = announcement.parse(JSON.parse(await firstLine(child)));
  return {
    adminUrl: baseUrls.admin,
    connections,
    signIns,
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new StackbridgeError('BUG', 'The sandbox has no output');
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let complaints = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  createInterface({ input: stdout }).once('line', resolve);
  child.once('error', reject);
  child.once('exit', (code) => {
    reject(new StackbridgeError('BUG', `The sandbox ended with code ${code}: ${complaints.trim()}`));
  });
  return promise;
}
