import type { Http, HttpRequest } from '@stackbridge/shared-mappers/ports/http.ts';

/** What one request is answered with: a status and a body (JSON unless it is text), or an error. */
export type ScriptedAnswer = { readonly status: number; readonly body: unknown } | Error;

/** An Http port that gives the answers in turn, the last one for ever, and keeps what it was asked. */
export function answering(
  ...answers: readonly ScriptedAnswer[]
): Http & { readonly requests: HttpRequest[] } {
  const requests: HttpRequest[] = [];
  return {
    requests,
    async send(request) {
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push(request);
      if (answer === undefined) throw new Error('No answer is scripted');
      if (answer instanceof Error) throw answer;
      const { status, body } = answer;
      const isText = typeof body === 'string';
      return {
        status,
        headers: { 'content-type': isText ? 'text/html' : 'application/json;charset=UTF-8' },
        body: isText ? body : JSON.stringify(body),
      };
    },
  };
}
