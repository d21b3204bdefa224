import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StoredCredentials } from './credential-safe.ts';
import type { N8n } from './n8n.ts';
import type { Call } from './n8n-program.ts';

/** The methods of `N8n`, carried out in its process. */
export type RemoteN8n = Pick<N8n, keyof N8n>;

export interface N8nProcess {
  /** @param credentials by type; renewed tokens are kept in it */
  with(credentials: StoredCredentials): RemoteN8n;
  close(): void;
}

/** Starts n8n's engine with the bundled pack; once a test file. */
export async function startN8n(): Promise<N8nProcess> {
  const child = fork(fileURLToPath(new URL('n8n-program.ts', import.meta.url)), {
    serialization: 'advanced',
  });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new Error('n8n did not start: run `npm run n8n:install` and `npm run n8n:build` first');
    }),
  ]);
  let calls = 0;
  return {
    with: (credentials) => {
      const call =
        <Method extends keyof N8n>(method: Method) =>
        (...given: Parameters<N8n[Method]>) =>
          ask(child, { id: ++calls, credentials, method, given });
      return {
        run: call('run'),
        search: call('search'),
        options: call('options'),
        mapperFields: call('mapperFields'),
        poll: call('poll'),
        setUp: call('setUp'),
        webhook: call('webhook'),
        faults: call('faults'),
        unexplained: call('unexplained'),
        testCredential: call('testCredential'),
      };
    },
    close: () => void child.kill(),
  };
}

interface Answered {
  readonly id: number;
  readonly failed?: string;
  readonly result?: never;
  readonly credentials?: StoredCredentials;
}

function ask(
  child: ChildProcess,
  call: Omit<Call, 'method' | 'given'> & { readonly method: string; readonly given: readonly unknown[] },
): Promise<never> {
  return new Promise((resolve, reject) => {
    const listen = ({ id, failed, result, credentials }: Answered): void => {
      if (id !== call.id) return;
      child.off('message', listen);
      Object.assign(call.credentials, credentials);
      if (failed === undefined && result !== undefined) resolve(result);
      else reject(new Error(failed ?? 'No answer'));
    };
    child.on('message', listen);
    child.send(call);
  });
}
