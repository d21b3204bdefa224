import { NoAnswerError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { Agent, request } from 'undici';

/** An Http port over real sockets. */
export interface NodeHttp extends Http {
  close(): Promise<void>;
}

export function createNodeHttp(): NodeHttp {
  const dispatcher = new Agent({ connections: 10 });
  return {
    async send({ method, url, headers, body, timeoutMs = 120_000 }) {
      try {
        const answer = await request(url, {
          method,
          headers,
          dispatcher,
          headersTimeout: timeoutMs,
          bodyTimeout: timeoutMs,
          ...(body === undefined ? {} : { body }),
        });
        return {
          status: answer.statusCode,
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
          ),
          body: await answer.body.text(),
        };
      } catch (cause) {
        const refused = cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
        throw new NoAnswerError(`No answer from ${new URL(url).host}`, refused ? 'no' : 'unknown', { cause });
      }
    },
    close: () => dispatcher.close(),
  };
}
