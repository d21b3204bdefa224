import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import type { ZObject } from 'zapier-platform-core';
import type { Deadline } from './deadline.ts';

/** Failures from before the first byte left: no name, no route, nobody listening, no TLS. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS_.*|CERT_.*|.*_CERT|.*_SIGNATURE|.*_SIGNED_CERT.*|.*_IN_CHAIN)$/;

/**
 * An Http port over Zapier's own client, which logs every call. Answers are asked for raw: Zapier would log the
 * body of any other kind, and bodies are people's data.
 */
export function createHttp(z: Pick<ZObject, 'request'>, deadline: Deadline): Http {
  return {
    async send(request) {
      if (deadline.requested) throw new NoAnswerError(`No time is left to ask ${hostOf(request.url)}`, 'no');
      try {
        return await exchange(z, request, deadline);
      } catch (error) {
        throw understood(error, request);
      }
    },
  };
}

async function exchange(
  z: Pick<ZObject, 'request'>,
  { url, method, headers, body, bodyBase64, wantsBytes = false, timeoutMs }: HttpRequest,
  deadline: Deadline,
): Promise<HttpResponse> {
  try {
    const answer = await z.request({
      url,
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
      ...(bodyBase64 === undefined ? {} : { body: Buffer.from(bodyBase64, 'base64') }),
      redirect: 'manual',
      timeout: Math.min(timeoutMs ?? Number.POSITIVE_INFINITY, deadline.leftMs()),
      skipThrowForStatus: true,
      raw: true,
    });
    const bytes = await answer.buffer();
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: bytes.toString('utf8'),
      ...(wantsBytes ? { bodyBase64: bytes.toString('base64') } : {}),
    };
  } catch (error) {
    // Zapier turns every 401 into this error before anybody sees the answer.
    if (error instanceof Error && error.name === 'RefreshAuthError')
      return { status: 401, headers: {}, body: '' };
    throw error;
  }
}

/** Names host and cause, never the query (it may hold addresses), a header or the body. */
function understood(error: unknown, { method, url }: HttpRequest): unknown {
  if (!(error instanceof Error)) return error;
  const code = codeOf(error);
  const host = hostOf(url);
  if (code === undefined) return new StackbridgeError('BUG', `A ${method} request to ${host} cannot be sent`);
  return new NoAnswerError(
    `No answer from ${host} to ${method} (${code})`,
    NEVER_SENT.test(code) ? 'no' : 'unknown',
  );
}

/** The client's own errors name a system's code (`ECONNRESET`), or what kind of failure it was (`request-timeout`). */
function codeOf(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'type' in error && typeof error.type === 'string' ? error.type : undefined;
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'a malformed URL';
}
