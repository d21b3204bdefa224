import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from './free-port.ts';
import { N8N_COMMAND, N8N_NODE } from './install.ts';

/** `start` serves the editor and polls; in queue mode `worker` runs what is due and `webhook` takes calls. */
export type N8nRole = 'start' | 'worker' | 'webhook';

export interface N8nOptions {
  readonly role?: N8nRole;
  /** `N8N_USER_FOLDER`: the database of SQLite mode, and the community nodes, lie under it. */
  readonly folder: string;
  /** Default: one that is free. */
  readonly port?: number;
  /** Shared by all processes of one n8n; default: one for every test. */
  readonly encryptionKey?: string;
  /** Where vendors deliver webhooks, where it is not this process. */
  readonly webhookUrl?: string;
  /** After the command, `--concurrency=10`. */
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** One process of n8n, ready to be used. */
export interface N8nProcess {
  readonly baseUrl: string;
  readonly logFile: string;
  /** As an operator does: what runs is finished first. */
  stop(): Promise<void>;
  /** As a machine does that loses its power. */
  kill(): Promise<void>;
}

/**
 * What people call this n8n. No address on loopback suits all vendors: Mailchimp refuses to send anybody back to
 * localhost, Xero to 127.0.0.1.
 */
export const EDITOR_URL = 'https://n8n.example.com';

/** A first boot migrates an empty database; on a busy machine that takes its time. */
const READY_WITHIN_MS = 180_000;
const ASKED_EVERY_MS = 250;

let started = 0;

/** Boots n8n on 127.0.0.1, with nothing of this machine's own settings, and without calls to n8n's makers. */
export async function startN8n(options: N8nOptions): Promise<N8nProcess> {
  const { role = 'start', folder, args = [], port = await findFreePort() } = options;
  const baseUrl = `http://127.0.0.1:${port}`;
  started += 1;
  const logFile = join(folder, `n8n-${started}-${role}.log`);
  const log = createWriteStream(logFile);
  const child = spawn(N8N_NODE, [N8N_COMMAND, role, ...args], {
    cwd: folder,
    env: await environmentOf(options, port),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await untilReady(child, baseUrl, logFile);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { baseUrl, logFile, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

async function environmentOf(
  { folder, encryptionKey = 'for-tests-only', webhookUrl, environment = {} }: N8nOptions,
  port: number,
): Promise<NodeJS.ProcessEnv> {
  return {
    PATH: process.env.PATH,
    HOME: folder,
    TZ: 'UTC',
    GENERIC_TIMEZONE: 'UTC',
    N8N_USER_FOLDER: folder,
    N8N_ENCRYPTION_KEY: encryptionKey,
    N8N_HOST: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    QUEUE_HEALTH_CHECK_ACTIVE: 'true',
    QUEUE_HEALTH_CHECK_PORT: String(port),
    N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
    N8N_RUNNERS_BROKER_PORT: String(await findFreePort()),
    N8N_EDITOR_BASE_URL: EDITOR_URL,
    N8N_WEBHOOK_URL: `${webhookUrl ?? `http://127.0.0.1:${port}`}/`,
    N8N_SECURE_COOKIE: 'false',
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_HIRING_BANNER_ENABLED: 'false',
    N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
    N8N_VERIFIED_PACKAGES_ENABLED: 'false',
    N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,insights',
    ...environment,
  };
}

async function untilReady(child: ChildProcess, baseUrl: string, logFile: string): Promise<void> {
  const givesUpAt = Date.now() + READY_WITHIN_MS;
  while (Date.now() < givesUpAt) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`${baseUrl}/healthz/readiness`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(ASKED_EVERY_MS);
  }
  child.kill('SIGKILL');
  throw new Error(
    `n8n did not become ready; its log ends with\n${(await readFile(logFile, 'utf8')).slice(-2000)}`,
  );
}
