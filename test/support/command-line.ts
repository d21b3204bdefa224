import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type SandboxProcess, startSandboxProcess } from 'stackbridge/demo/sandbox-process.ts';
import { stringify } from 'yaml';

const MAIN = fileURLToPath(new URL('../../runtime/main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How one run of the command ended. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandResult>;
}

/** A folder with a home and a connections file to a sandbox in a process of its own. */
export interface CommandBench {
  readonly folder: string;
  readonly connectionsFile: string;
  readonly sandbox: SandboxProcess;
  /** Runs `stackbridge …` with that home and those connections. */
  run(...args: string[]): Promise<CommandResult>;
  start(...args: string[]): RunningCommand;
  /** Runs it with `--json` and reads its document. */
  json(...args: string[]): Promise<{ readonly exitCode: number | null; readonly document: unknown }>;
  /** `POST` to the sandbox's admin API, or `GET` without a body. */
  admin(path: string, body?: object, method?: string): Promise<unknown>;
  /** Writes a recipe into the folder; returns its path. */
  write(name: string, text: string): Promise<string>;
  close(): Promise<void>;
}

export async function openBench(seed: number): Promise<CommandBench> {
  const folder = await mkdtemp(join(tmpdir(), 'stackbridge-command-'));
  const sandbox = await startSandboxProcess(seed);
  const connectionsFile = join(folder, 'connections.yaml');
  await writeFile(connectionsFile, stringify(sandbox.connections));
  const start = (...args: string[]): RunningCommand =>
    startCommand(
      args,
      {
        STACKBRIDGE_HOME: join(folder, 'home'),
        STACKBRIDGE_VAULT_KEY_IN: 'file',
      },
      args.includes('--connections') ? [] : ['--connections', connectionsFile],
    );
  return {
    folder,
    connectionsFile,
    sandbox,
    start,
    run: (...args) => start(...args).ended,
    async json(...args) {
      const { exitCode, stdout } = await start(...args, '--json').ended;
      return { exitCode, document: JSON.parse(stdout) };
    },
    async admin(path, body, method = body === undefined ? 'GET' : 'POST') {
      const answer = await fetch(`${sandbox.adminUrl}${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    async write(name, text) {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    },
    async close() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs the command as a shell would, from the repository's root. */
export function startCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): RunningCommand {
  const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args, ...more], {
    cwd: ROOT,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<CommandResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return { child, ended };
}
