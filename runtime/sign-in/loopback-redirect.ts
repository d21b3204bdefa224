import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isNativeError } from 'node:util/types';
import { UsageError } from '../commands/usage-error.ts';

const PATH = '/callback';

/** Waits on this machine for the redirect that ends a consent. */
export interface RedirectListener extends AsyncDisposable {
  /** As it has to be registered with the application. */
  readonly redirectUri: string;
  /**
   * The query of the first redirect that is taken. Anybody on this machine can call the address: what is not taken is
   * turned away, and the wait goes on.
   *
   * @returns undefined when nothing came within `patienceMs`
   */
  answer(
    isTaken: (query: URLSearchParams) => boolean,
    patienceMs: number,
  ): Promise<URLSearchParams | undefined>;
}

/**
 * @param host how the vendor wants this machine to be called
 * @param port 0: any free one
 * @throws UsageError where the port is taken
 */
export async function listenForRedirect(
  host: 'localhost' | '127.0.0.1',
  port: number,
): Promise<RedirectListener> {
  const { promise, resolve } = Promise.withResolvers<URLSearchParams | undefined>();
  let isTaken: (query: URLSearchParams) => boolean = () => false;
  const handle: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const isOurs = request.method === 'GET' && url.pathname === PATH && isTaken(url.searchParams);
    const text = isOurs ? said(url.searchParams) : 'This is not the sign-in that is waited for.';
    response.writeHead(isOurs ? 200 : 400, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    response.end(`<!doctype html><html lang="en"><title>Stackbridge</title><p>${text}</p></html>`, () => {
      if (isOurs) resolve(url.searchParams);
    });
  };
  const servers = [await listening(handle, '127.0.0.1', port)];
  const bound = portOf(servers[0]);
  // Browsers may take the name for either address; a machine without IPv6 has the one only.
  if (host === 'localhost') servers.push(...(await listeningOnSix(handle, bound)));
  return {
    redirectUri: `http://${host}:${bound}${PATH}`,
    answer(takes, patienceMs) {
      isTaken = takes;
      const timer = setTimeout(() => resolve(undefined), patienceMs);
      return promise.finally(() => clearTimeout(timer));
    },
    async [Symbol.asyncDispose]() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function said(query: URLSearchParams): string {
  return query.has('error')
    ? 'The access was not granted. The terminal says what to do next.'
    : 'Done. You can close this window and go back to the terminal.';
}

function listening(handle: RequestListener, address: string, port: number): Promise<Server> {
  const server = createServer(handle);
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(isTakenPort(error) ? portTaken(port) : error));
    server.listen({ host: address, port }, () => resolve(server));
  });
}

async function listeningOnSix(handle: RequestListener, port: number): Promise<Server[]> {
  try {
    return [await listening(handle, '::1', port)];
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return [];
  }
}

function isTakenPort(error: unknown): boolean {
  return isNativeError(error) && 'code' in error && error.code === 'EADDRINUSE';
}

function portTaken(port: number): UsageError {
  return new UsageError(
    `Port ${port} of this machine is taken`,
    `Give another one with --port, and register http://localhost:PORT${PATH} with the application`,
  );
}

function portOf(server: Server | undefined): number {
  const address: AddressInfo | string | null = server?.address() ?? null;
  if (address === null || typeof address === 'string')
    throw new Error('The redirect is waited for on TCP only');
  return address.port;
}
