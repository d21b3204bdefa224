import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type SandboxProcess, startSandboxProcess } from 'stackbridge/demo/sandbox-process.ts';
import { stringify } from 'yaml';
import { z } from 'zod';

const SEED = 1;

const callCounts = z.record(
  z.string(),
  z.object({ total: z.number(), operations: z.record(z.string(), z.number()) }),
);
const counts = z.object({ counts: callCounts });
const listing = z.object({ records: z.array(z.record(z.string(), z.unknown())) });

/** Where a record is: `{system: 'salesforce', object: 'Contact'}` or `{system: 'mailchimp', list}`. */
export type Place =
  | { readonly system: 'salesforce'; readonly object: string }
  | { readonly system: 'mailchimp'; readonly list: string };

/** A record as people see it at the vendor's own screens. */
export type AdminRecord = z.infer<typeof listing>['records'][number];

/** By system: calls in all, and by operation. */
export type CallCounts = z.infer<typeof callCounts>;

/** Both systems, served by `stackbridge sandbox` in a process of its own. */
export interface SimulatedSystems extends AsyncDisposable {
  /** For `--connections`. */
  readonly connectionsFile: string;
  /** What stands in that file. */
  readonly connections: Readonly<Record<string, unknown>>;
  /** Applications as they are registered with each system, and where their users sign in. */
  readonly signIns: SandboxProcess['signIns'];
  admin(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown>;
  /** API calls that the two systems have answered since the last time. */
  takeCalls(): Promise<number>;
  /** The same, told apart. */
  takeCallCounts(): Promise<CallCounts>;
  /** The first records of a place. */
  records(place: Place, limit: number): Promise<AdminRecord[]>;
}

/** @param folder where its connections file goes */
export async function startSystems(folder: string): Promise<SimulatedSystems> {
  const { adminUrl, connections, signIns, close } = await startSandboxProcess(SEED);
  const connectionsFile = join(folder, 'connections.yaml');
  await writeFile(connectionsFile, stringify(connections));

  async function admin(method: string, path: string, body?: object): Promise<unknown> {
    const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await fetch(`${adminUrl}/${path}`, { method, ...(body === undefined ? {} : json) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}: ${text}`);
    return JSON.parse(text);
  }
  async function takeCallCounts(): Promise<CallCounts> {
    const { counts: bySystem } = counts.parse(await admin('GET', 'calls'));
    await admin('DELETE', 'calls');
    return bySystem;
  }
  return {
    connectionsFile,
    connections,
    signIns,
    admin,
    takeCallCounts,
    takeCalls: async () => Object.values(await takeCallCounts()).reduce((sum, { total }) => sum + total, 0),
    async records(place, limit) {
      const query = new URLSearchParams({ ...place, limit: `${limit}` });
      return listing.parse(await admin('GET', `records?${query}`)).records;
    },
    [Symbol.asyncDispose]: close,
  };
}
