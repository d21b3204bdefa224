import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { buildServer } from '../../../sandbox/server.ts';
import { createWorld, type World } from '../../../sandbox/world.ts';
import type { XeroOptions } from '../../../sandbox/xero/site.ts';
import { createXero, type Xero } from '../../../sandbox/xero/xero.ts';

/** An answer as the tests look at it. */
export interface Answered {
  status: number;
  headers: Record<string, unknown>;
  /** Parsed where it is JSON, else its text. */
  body: unknown;
  text: string;
}

export interface CallOptions {
  /** A string or a buffer goes out as it is, anything else as JSON. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** A sandbox of Xero alone. */
export interface ServedXero {
  readonly world: World;
  readonly xero: Xero;
  readonly app: FastifyInstance;
  /** The headers of a signed-in client that asks for JSON. */
  readonly headers: Readonly<Record<string, string>>;
  /** @param path below the host, `/api.xro/2.0/Invoices` */
  call(method: Method, path: string, options?: CallOptions): Promise<Answered>;
  close(): Promise<void>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** @param listens on a free port of 127.0.0.1; without it calls go in by the side door */
export async function serveXero({
  listens = false,
  ...options
}: XeroOptions & { listens?: boolean } = {}): Promise<ServedXero> {
  const world = createWorld();
  const xero = createXero(world, options);
  const app = buildServer(world, [xero]);
  if (listens) {
    await app.listen({ port: 0, host: '127.0.0.1' });
    world.origin = `http://127.0.0.1:${portOf(app.server.address())}`;
  }
  const headers = {
    authorization: `Bearer ${xero.auth.firstAccessToken}`,
    accept: 'application/json',
    'xero-tenant-id': xero.books().organisation.id,
  };
  return {
    world,
    xero,
    app,
    headers,
    async call(method, path, { body, headers: more } = {}) {
      const isRaw = typeof body === 'string' || Buffer.isBuffer(body);
      const answer = await app.inject({
        method,
        url: `/xero${path}`,
        headers: {
          ...headers,
          ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
          ...more,
        },
        ...(body === undefined ? {} : { payload: isRaw ? body : JSON.stringify(body) }),
      });
      const isJson = String(answer.headers['content-type']).startsWith('application/json');
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: isJson ? JSON.parse(answer.body) : answer.body,
        text: answer.body,
      };
    },
    close: () => app.close(),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('Listens on TCP only');
  return address.port;
}
