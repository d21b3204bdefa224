import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createMailchimp, type Mailchimp } from '../../../sandbox/mailchimp/mailchimp.ts';
import { buildServer } from '../../../sandbox/server.ts';
import { createWorld, type World } from '../../../sandbox/world.ts';

/** An answer as the tests look at it. */
export interface Answered {
  status: number;
  headers: Record<string, unknown>;
  body: unknown;
}

/** A sandbox of Mailchimp alone. */
export interface ServedMailchimp {
  readonly world: World;
  readonly mailchimp: Mailchimp;
  readonly app: FastifyInstance;
  /** Calls the API with the account's key. @param path below `/3.0` */
  call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answered>;
  close(): Promise<void>;
}

/** @param listens on a free port of 127.0.0.1; without it calls go in by the side door */
export async function serveMailchimp({ listens = false } = {}): Promise<ServedMailchimp> {
  const world = createWorld();
  const mailchimp = createMailchimp(world);
  const app = buildServer(world, [mailchimp]);
  if (listens) {
    await app.listen({ port: 0, host: '127.0.0.1' });
    world.origin = `http://127.0.0.1:${portOf(app.server.address())}`;
  }
  const authorization = `Basic ${Buffer.from(`user:${mailchimp.apiKey}`).toString('base64')}`;
  return {
    world,
    mailchimp,
    app,
    async call(method, path, body) {
      const answer = await app.inject({
        method,
        url: `/mailchimp/3.0${path}`,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      });
      const text = answer.body;
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: text === '' ? '' : JSON.parse(text),
      };
    },
    close: () => app.close(),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('Listens on TCP only');
  return address.port;
}
