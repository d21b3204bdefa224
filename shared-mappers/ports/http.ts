/** One request as the core hands it to a host. Header names are lower-case. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes to send instead of `body`: a file. */
  readonly bodyBase64?: string;
  /** The answer is a file: its bytes are wanted too, as `bodyBase64`. Default false. */
  readonly wantsBytes?: boolean;
  /** Milliseconds until the host gives up on an answer; default 120,000 (Mailchimp's own limit). */
  readonly timeoutMs?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower-case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The same bytes, unread; only where `wantsBytes` asked for them. */
  readonly bodyBase64?: string;
}

/**
 * Sends one request, follows no redirect, retries nothing. Any status is an answer; where none came the promise is
 * rejected with errors/stackbridge-error.ts `NoAnswerError`, which says whether the request may have been carried out.
 */
export interface Http {
  send(request: HttpRequest): Promise<HttpResponse>;
}
