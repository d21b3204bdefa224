import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { COMMAND } from './command.ts';

const started = z.object({ baseUrls: z.object({ admin: z.string() }) });
const counts = z.object({
  counts: z.record(z.string(), z.object({ total: z.number() })),
});
const listing = z.object({ total: z.number(), records: z.array(z.record(z.string(), z.unknown())) });

/** A page of records as people see them at the vendor's own screens. */
export type AdminListing = z.infer<typeof listing>;

/** Where a record is: `{system: 'salesforce', object: 'Contact'}` or `{system: 'mailchimp', list}`. */
export type Place =
  | { readonly system: 'salesforce'; readonly object: string }
  | { readonly system: 'mailchimp'; readonly list: string };

/** Both systems, served by `stackbridge sandbox` in a process of its own. */
export interface SandboxProcess extends AsyncDisposable {
  /** For `--connections`. */
  readonly connectionsFile: string;
  admin(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown>;
  /** API calls the two systems have answered since the last time. */
  takeCalls(): Promise<number>;
  records(place: Place, page: { readonly limit: number; readonly offset?: number }): Promise<AdminListing>;
}

/** @param folder where its connections file goes */
export async function startSandboxProcess(folder: string): Promise<SandboxProcess> {
  const connectionsFile = join(folder, 'connections.yaml');
  const child = spawn(
    process.execPath,
    [COMMAND, 'sandbox', '--json', '--connections-file', connectionsFile],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const { baseUrls } = started.parse(JSON.parse(await firstLine(child)));

  const sandbox: SandboxProcess = {
    connectionsFile,
    async admin(method, path, body) {
      const answer = await fetch(`${baseUrls.admin}/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}: ${text}`);
      return JSON.parse(text);
    },
    async takeCalls() {
      const { counts: bySystem } = counts.parse(await sandbox.admin('GET', 'calls'));
      await sandbox.admin('DELETE', 'calls');
      return Object.values(bySystem).reduce((sum, { total }) => sum + total, 0);
    },
    async records(place, { limit, offset = 0 }) {
      const query = new URLSearchParams({ ...place, limit: `${limit}`, offset: `${offset}` });
      return listing.parse(await sandbox.admin('GET', `records?${query}`));
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
  return sandbox;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The sandbox has no stdout');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The sandbox ended before it served anything');
}
