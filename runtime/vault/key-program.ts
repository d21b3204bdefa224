import { spawn } from 'node:child_process';

/** How long a key store may take; a person may have to unlock it first. */
const PATIENCE_MS = 60_000;

/** How a program of the operating system ended. */
export interface ProgramResult {
  /** Undefined where it could not be started, or was stopped. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
}

/** Runs a program of the key store. What is secret goes in by `input`: arguments can be read by every process. */
export function runProgram(
  program: string,
  args: readonly string[],
  input: string,
  environment: NodeJS.ProcessEnv,
): Promise<ProgramResult> {
  const { promise, resolve } = Promise.withResolvers<ProgramResult>();
  const child = spawn(program, args, {
    env: environment,
    stdio: ['pipe', 'pipe', 'ignore'],
    // Not `timeout`: its timer outlives a program that could not be started, and keeps the process alive.
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.once('error', () => resolve({ exitCode: undefined, stdout: '' }));
  child.once('close', (exitCode) => resolve({ exitCode: exitCode ?? undefined, stdout }));
  // A program that has ended without reading its input is told by its exit code.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return promise;
}
