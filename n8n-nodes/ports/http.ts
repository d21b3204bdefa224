import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Http, HttpRequest } from '@stackbridge/shared-mappers/ports/http.ts';
import { z } from 'zod';
import type { NodeContext } from './node-context.ts';

/** Failures from before the first byte left: no name, no route, nobody listening, no TLS. */
const NEVER_SENT =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_TLS_.*|CERT_.*|.*_CERT|.*_SIGNATURE|.*_SIGNED_CERT.*|.*_IN_CHAIN)$/;

/** Mailchimp's own limit is 120 seconds. */
const DEFAULT_TIMEOUT_MS = 120_000;

const answered = z.object({
  statusCode: z.int(),
  // An instance of the client's own class.
  headers: z.custom<object>((given) => typeof given === 'object' && given !== null),
  body: z.instanceof(Uint8Array),
});

/** An Http port over n8n's own client, so that its proxy and its limits of where nodes may call to hold. */
export function createHttp({ helpers }: Pick<NodeContext, 'helpers'>): Http {
  return {
    async send(request) {
      const { answer, failed } = await exchange(helpers, request);
      if (failed !== undefined) throw understood(failed, request);
      const { statusCode, headers, body } = answered.parse(answer);
      const bytes = Buffer.from(body);
      return {
        status: statusCode,
        headers: flatten(headers),
        body: bytes.toString('utf8'),
        ...(request.wantsBytes ? { bodyBase64: bytes.toString('base64') } : {}),
      };
    },
  };
}

async function exchange(
  helpers: NodeContext['helpers'],
  { url, method, headers, body, bodyBase64, timeoutMs = DEFAULT_TIMEOUT_MS }: HttpRequest,
): Promise<{ readonly answer?: unknown; readonly failed?: unknown }> {
  try {
    const answer: unknown = await helpers.httpRequest({
      url,
      method,
      headers: { ...headers },
      // As bytes: n8n's client would write a text anew as JSON or as a form, and would read numbers out of an answer.
      ...(body === undefined || body === '' ? {} : { body: Buffer.from(body) }),
      ...(bodyBase64 === undefined ? {} : { body: Buffer.from(bodyBase64, 'base64') }),
      encoding: 'arraybuffer',
      returnFullResponse: true,
      ignoreHttpStatusErrors: true,
      disableFollowRedirect: true,
      timeout: timeoutMs,
    });
    return { answer };
  } catch (failed) {
    return { failed };
  }
}

function flatten(headers: object): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (Array.isArray(value)) flat[name.toLowerCase()] = value.join(', ');
    else if (value !== undefined && value !== null) flat[name.toLowerCase()] = String(value);
  }
  return flat;
}

/** Names host and cause, never the query (it may hold addresses), a header or the body. */
function understood(error: unknown, { method, url }: HttpRequest): StackbridgeError {
  const host = URL.parse(url)?.host ?? 'a malformed URL';
  const code = codeOf(error);
  if (code === undefined)
    return new StackbridgeError('BUG', `A ${method} request to ${host} cannot be sent`, { cause: error });
  return new NoAnswerError(
    `No answer from ${host} to ${method} (${code})`,
    NEVER_SENT.test(code) ? 'no' : 'unknown',
  );
}

const coded = z.object({ code: z.string() });

/** The client's errors name a system's code (`ECONNRESET`), those of n8n's around them have it as their cause. */
function codeOf(error: unknown): string | undefined {
  const code = coded.safeParse(error).data?.code;
  if (code !== undefined) return code;
  return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : undefined;
}
