import { promisify } from 'node:util';
import { isNativeError } from 'node:util/types';
import { gunzip } from 'node:zlib';
import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { Agent, request as sendRequest } from 'undici';

const DEFAULT_TIMEOUT_MS = 120_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** Failures from before the first byte left: no name, no route, nobody listening, no TLS. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|.*_CERT|.*_SIGNATURE|.*_SIGNED_CERT.*|.*_IN_CHAIN)$/;
/** The request itself cannot be sent: a malformed URL or header. */
const UNSENDABLE = /^(UND_ERR_INVALID_ARG|ERR_INVALID_URL)$/;

const unzip = promisify(gunzip);

/** An Http port over a pool of kept-alive connections. */
export interface PooledHttp extends Http {
  /** Waits for requests under way, then closes every connection. */
  close(): Promise<void>;
}

/** How many connections go to one system at once is the core's business: the pool sets no limit of its own. */
export function createHttp(): PooledHttp {
  const dispatcher = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS } });
  return {
    async send(request) {
      try {
        return await exchange(request, dispatcher);
      } catch (error) {
        throw noAnswer(request, error);
      }
    },
    close: () => dispatcher.close(),
  };
}

async function exchange(request: HttpRequest, dispatcher: Agent): Promise<HttpResponse> {
  const { url, method, headers, body = null, bodyBase64, timeoutMs = DEFAULT_TIMEOUT_MS } = request;
  const answer = await sendRequest(url, {
    method,
    headers: { 'accept-encoding': 'gzip', ...headers },
    body: bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64'),
    dispatcher,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const zipped = answer.headers['content-encoding'] === 'gzip' && bytes.length > 0;
  const content = zipped ? await unzip(bytes) : bytes;
  return {
    status: answer.statusCode,
    headers: flatten(answer.headers),
    body: content.toString('utf8'),
    ...(request.wantsBytes ? { bodyBase64: content.toString('base64') } : {}),
  };
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  return flat;
}

/** Names host and cause, never the query (it may hold addresses), a header or the body. */
function noAnswer({ method, url }: HttpRequest, error: unknown): StackbridgeError {
  const code = isNativeError(error) && 'code' in error ? String(error.code) : 'no code';
  const host = URL.parse(url)?.host;
  if (host === undefined || UNSENDABLE.test(code))
    return new StackbridgeError(
      'BUG',
      `A ${method} request to ${host ?? 'a malformed URL'} cannot be sent (${code})`,
    );
  return new NoAnswerError(
    `No answer from ${host} to ${method} (${code})`,
    NEVER_SENT.test(code) ? 'no' : 'unknown',
  );
}
