import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePort } from '../n8n/free-port.ts';

const run = promisify(execFile);

const REDIS = '/usr/bin/redis-server';
const POSTGRES_VERSIONS = '/usr/lib/postgresql';
/** Debian's; another place is named by `POSTGRES_BIN`. */
const POSTGRES = process.env.POSTGRES_BIN ?? newestPostgres();
const READY_WITHIN_MS = 30_000;

/** What queue mode needs and this machine lacks, as what to type. */
export function whatServicesLack(): string | undefined {
  const lacking = [
    ...(existsSync(REDIS) ? [] : ['redis-server']),
    ...(POSTGRES !== undefined && existsSync(join(POSTGRES, 'initdb')) ? [] : ['postgresql']),
  ];
  return lacking.length === 0
    ? undefined
    : `Queue mode needs ${lacking.join(' and ')}: apt-get install --no-install-recommends ${lacking.join(' ')}`;
}

/** PostgreSQL and Redis of these tests alone, on loopback. */
export interface Services extends AsyncDisposable {
  /** What points n8n at both. */
  readonly environment: Readonly<Record<string, string>>;
}

/** @param folder an empty one, which goes with the test */
export async function startServices(folder: string): Promise<Services> {
  await using begun = new AsyncDisposableStack();
  const redisPort = await findFreePort();
  const settings = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const redis = spawn(REDIS, ['--port', `${redisPort}`, ...settings], { cwd: folder, stdio: 'ignore' });
  begun.defer(() => end(redis, 'SIGTERM'));
  const postgresPort = await findFreePort();
  const postgres = await startPostgres(join(folder, 'postgres'), postgresPort);
  begun.defer(() => end(postgres, 'SIGINT'));
  const both = begun.move();
  return {
    environment: {
      EXECUTIONS_MODE: 'queue',
      QUEUE_BULL_REDIS_HOST: '127.0.0.1',
      QUEUE_BULL_REDIS_PORT: String(redisPort),
      DB_TYPE: 'postgresdb',
      DB_POSTGRESDB_HOST: '127.0.0.1',
      DB_POSTGRESDB_PORT: String(postgresPort),
      DB_POSTGRESDB_DATABASE: 'postgres',
      DB_POSTGRESDB_USER: 'n8n',
    },
    [Symbol.asyncDispose]: () => both.disposeAsync(),
  };
}

async function startPostgres(data: string, port: number): Promise<ChildProcess> {
  if (POSTGRES === undefined) throw new Error('PostgreSQL is not installed');
  const bin = POSTGRES;
  await mkdir(data);
  const asUser = await userToBe(data);
  const as = (program: string, ...args: string[]): [string, string[]] => {
    const [command = join(bin, program), ...words] = [...asUser, join(bin, program), ...args];
    return [command, words];
  };
  await run(...as('initdb', '-D', data, '-U', 'n8n', '--auth', 'trust', '--no-sync', '-E', 'UTF8'), {
    cwd: data,
  });
  const options = ['-h', '127.0.0.1', '-p', `${port}`, '-k', data, '-c', 'fsync=off'];
  const [command, words] = as('postgres', '-D', data, ...options);
  const server = spawn(command, words, { cwd: data, stdio: 'ignore' });
  const givesUpAt = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const isReady = await run(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', `${port}`]).then(
      () => true,
      () => false,
    );
    if (isReady) return server;
    if (Date.now() > givesUpAt || server.exitCode !== null)
      throw new Error('PostgreSQL did not become ready');
    await sleep(100);
  }
}

/** PostgreSQL refuses to run as root: there it runs as the user that its package has made, who gets the folder. */
async function userToBe(data: string): Promise<string[]> {
  if (process.getuid?.() !== 0) return [];
  await chmod(join(data, '..'), 0o755);
  await run('chown', ['postgres', data]);
  return ['setpriv', '--reuid', 'postgres', '--regid', 'postgres', '--clear-groups'];
}

function newestPostgres(): string | undefined {
  if (!existsSync(POSTGRES_VERSIONS)) return undefined;
  const [newest] = readdirSync(POSTGRES_VERSIONS).sort((one, other) => Number(other) - Number(one));
  return newest === undefined ? undefined : join(POSTGRES_VERSIONS, newest, 'bin');
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}
