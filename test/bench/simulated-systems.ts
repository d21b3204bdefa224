import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startSandboxProcess } from 'stackbridge/demo/sandbox-process.ts';
import { stringify } from 'yaml';
import { z } from 'zod';

const SEED = 1;

const counts = z.object({ counts: z.record(z.string(), z.object({ total: z.number() })) });
const listing = z.object({ records: z.array(z.record(z.string(), z.unknown())) });

/** Where a record is: `{system: 'salesforce', object: 'Contact'}` or `{system: 'mailchimp', list}`. */
export type Place =
  | { readonly system: 'salesforce'; readonly object: string }
  | { readonly system: 'mailchimp'; readonly list: string };

/** A record as people see it at the vendor's own screens. */
export type AdminRecord = z.infer<typeof listing>['records'][number];

/** Both systems, served by `stackbridge sandbox` in a process of its own. */
export interface SimulatedSystems extends AsyncDisposable {
  /** For `--connections`. */
  readonly connectionsFile: string;
  admin(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown>;
  /** API calls that the two systems have answered since the last time. */
  takeCalls(): Promise<number>;
  /** The first records of a place. */
  records(place: Place, limit: number): Promise<AdminRecord[]>;
}

/** @param folder where its connections file goes */
export async function startSystems(folder: string): Promise<SimulatedSystems> {
  const { adminUrl, connections, close } = await startSandboxProcess(SEED);
  const connectionsFile = join(folder, 'connections.yaml');
  await writeFile(connectionsFile, stringify(connections));

  async function admin(method: string, path: string, body?: object): Promise<unknown> {
    const json = { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await fetch(`${adminUrl}/${path}`, { method, ...(body === undefined ? {} : json) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}: ${text}`);
    return JSON.parse(text);
  }
  return {
    connectionsFile,
    admin,
    async takeCalls() {
      const { counts: bySystem } = counts.parse(await admin('GET', 'calls'));
      await admin('DELETE', 'calls');
      return Object.values(bySystem).reduce((sum, { total }) => sum + total, 0);
    },
    async records(place, limit) {
      const query = new URLSearchParams({ ...place, limit: `${limit}` });
      return listing.parse(await admin('GET', `records?${query}`)).records;
    },
    [Symbol.asyncDispose]: close,
  };
}
