import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came in. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What the listener answers; default 200 with nothing in it. */
export interface ListenerAnswer {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An address on the loopback that hears webhooks. */
export interface WebhookListener {
  readonly url: string;
  /** What has come in by POST, in order. */
  readonly heard: Heard[];
  /** Says how to answer from now on. */
  answer(how: (heard: Heard) => ListenerAnswer | Promise<ListenerAnswer>): void;
  close(): Promise<void>;
}

export async function listenForWebhooks(): Promise<WebhookListener> {
  const heard: Heard[] = [];
  let respond = (_heard: Heard): ListenerAnswer | Promise<ListenerAnswer> => ({ status: 200 });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url: path = '', headers } = request;
    const one: Heard = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
    if (method === 'POST') heard.push(one);
    const { status, body = '', headers: more = {} } = await respond(one);
    response.writeHead(status, more).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/hook`,
    heard,
    answer: (how) => {
      respond = how;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('The listener has a port');
  return address.port;
}
