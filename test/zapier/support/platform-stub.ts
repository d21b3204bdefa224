import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const RpcCall = z.object({ id: z.unknown(), method: z.string(), params: z.array(z.unknown()).default([]) });

/** What Zapier offers a running app besides HTTP: a cache, a cursor, a log. */
export interface PlatformStub {
  readonly origin: string;
  /** Everything that the app and Zapier's library logged, as it was sent. */
  readonly logged: string[];
  close(): Promise<void>;
}

export async function startPlatformStub(): Promise<PlatformStub> {
  const cache = new Map<string, unknown>();
  const logged: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    if (request.url !== '/rpc') {
      logged.push(body);
      response.end('{}');
      return;
    }
    const { id, method, params } = RpcCall.parse(JSON.parse(body));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id, result: answer(method, params) ?? null }));
  });

  function answer(method: string, [key, value]: readonly unknown[]): unknown {
    if (method === 'zcache_get') return cache.get(String(key));
    if (method === 'zcache_delete') return cache.delete(String(key));
    if (method === 'zcache_set') {
      cache.set(String(key), value);
      return true;
    }
    throw new RangeError(`The stub knows no ${method}`);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${portOf(server.address())}`,
    logged,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('The stub listens on TCP only');
  return address.port;
}
