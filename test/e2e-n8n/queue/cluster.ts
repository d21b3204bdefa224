import { readFile } from 'node:fs/promises';
import { findFreePort } from '../n8n/free-port.ts';
import { installPack } from '../n8n/pack.ts';
import { type N8nOptions, type N8nProcess, startN8n } from '../n8n/process.ts';
import { startServices } from './services.ts';

/** Executions that one worker runs at once. */
export const CONCURRENCY = 10;

/** n8n in queue mode: one process serves the editor and polls, one takes webhooks, two do the work. */
export interface Cluster extends AsyncDisposable {
  readonly main: N8nProcess;
  readonly webhook: N8nProcess;
  readonly workers: readonly [N8nProcess, N8nProcess];
}

export async function startCluster(folder: string): Promise<Cluster> {
  await using begun = new AsyncDisposableStack();
  const { environment } = begun.use(await startServices(folder));
  await installPack(folder);
  const webhookPort = await findFreePort();
  const webhookUrl = `http://127.0.0.1:${webhookPort}`;
  const start = async (options: Pick<N8nOptions, 'role' | 'args' | 'port'>): Promise<N8nProcess> => {
    const process = await startN8n({ folder, environment, webhookUrl, ...options });
    begun.defer(() => process.stop());
    return process;
  };
  const worker = { role: 'worker', args: [`--concurrency=${CONCURRENCY}`] } as const;
  // The first to start migrates the database.
  const main = await start({ role: 'start' });
  const [webhook, ...workers] = await Promise.all([
    start({ role: 'webhook', port: webhookPort }),
    start(worker),
    start(worker),
  ]);
  const all = begun.move();
  return { main, webhook, workers, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Which executions a worker has taken up, as its log says. */
export async function executionsTakenBy(worker: N8nProcess): Promise<ReadonlySet<string>> {
  const log = await readFile(worker.logFile, 'utf8');
  return new Set([...log.matchAll(/Worker started execution (\d+)/g)].map(([, id = '']) => id));
}
