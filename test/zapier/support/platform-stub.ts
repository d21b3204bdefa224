import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const RpcCall = z.object({ id: z.unknown(), method: z.string(), params: z.array(z.unknown()).default([]) });

interface StashedFile {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** Where Zapier's library puts a file: the address for a form, and the fields that the form has to begin with. */
const UPLOADS = '/files/';

/** What Zapier offers a running app besides HTTP: a cache, a cursor, a log, a store of files. */
export interface PlatformStub {
  readonly origin: string;
  /** Everything that the app and Zapier's library logged, as it was sent. */
  readonly logged: string[];
  /** Zapier may forget what an app has cached at any time. */
  forget(): void;
  close(): Promise<void>;
}

export async function startPlatformStub(): Promise<PlatformStub> {
  const cache = new Map<string, unknown>();
  const logged: string[] = [];
  const files = new Map<string, StashedFile>();
  const server = createServer(async (request, response) => {
    const bytes = await bytesOf(request);
    // The process that was sending it has ended.
    if (bytes === undefined) return;
    const body = bytes.toString('utf8');
    if (request.url?.startsWith(UPLOADS)) {
      if (request.method === 'POST') {
        await keepFile(bytes, request.headers['content-type'] ?? '');
        response.writeHead(204).end();
        return;
      }
      const file = files.get(request.url.slice(UPLOADS.length));
      if (file === undefined) response.writeHead(403).end();
      else response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
      return;
    }
    if (request.url !== '/rpc') {
      logged.push(body);
      response.end('{}');
      return;
    }
    const { id, method, params } = RpcCall.parse(JSON.parse(body));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id, result: answer(method, params) ?? null }));
  });

  /** As the store that Zapier signs uploads for: the fields of the form say the file's key and type. */
  async function keepFile(body: Buffer, formType: string): Promise<void> {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': formType },
    }).formData();
    const file = z.instanceof(File).parse(form.get('file'));
    files.set(z.string().parse(form.get('key')), {
      bytes: Buffer.from(await file.arrayBuffer()),
      contentType: z.string().parse(form.get('Content-Type')),
    });
  }

  function answer(method: string, [key, value]: readonly unknown[]): unknown {
    if (method === 'get_presigned_upload_post_data')
      return { url: `${origin}${UPLOADS}`, fields: { key: randomUUID() } };
    if (method === 'zcache_get') return cache.get(String(key));
    if (method === 'zcache_delete') return cache.delete(String(key));
    if (method === 'zcache_set') {
      cache.set(String(key), value);
      return true;
    }
    throw new RangeError(`The stub knows no ${method}`);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${portOf(server.address())}`;
  return {
    origin,
    logged,
    forget: () => cache.clear(),
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

/** Undefined where it broke off. */
async function bytesOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch (error) {
    if (request.complete) throw error;
    return undefined;
  }
  return Buffer.concat(chunks);
}
