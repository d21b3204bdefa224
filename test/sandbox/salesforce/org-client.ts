import { type Sandbox, type SandboxOptions, startSandbox } from '@stackbridge/sandbox/start.ts';

/** The id of a contact that is not there. */
export const NO_RECORD = '003Ak0000000zzzAAA';

/** An answer with its body read. */
export interface OrgAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** A running sandbox and plain calls to its Salesforce. */
export interface OrgClient {
  sandbox: Sandbox;
  /** @param path below `/services/data/v60.0` */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<OrgAnswer>;
  soql(query: string): Promise<OrgAnswer>;
  /** The records of a query that must succeed, without their attributes. */
  rows(query: string): Promise<unknown[]>;
  /** Creates a record as a person. */
  add(object: string, values: Record<string, unknown>): string;
}

export async function openOrg(options: SandboxOptions = {}): Promise<OrgClient> {
  const sandbox = await startSandbox(options);
  const { baseUrl, accessToken } = sandbox.connections.salesforce;

  const call: OrgClient['call'] = async (method, path, body, headers = {}) => {
    const isText = typeof body === 'string';
    const response = await fetch(`${baseUrl}/services/data/v60.0${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const soql = (query: string): Promise<OrgAnswer> => call('GET', `/query?q=${encodeURIComponent(query)}`);
  return {
    sandbox,
    call,
    soql,
    rows: async (query) => {
      const { status, body } = await soql(query);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      return recordsOf(body).map(({ attributes: _, ...values }) => values);
    },
    add: (object, values) => sandbox.admin.create('salesforce', object, values),
  };
}

/** The records of a query's answer. */
export function recordsOf(body: unknown): Array<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || !('records' in body) || !Array.isArray(body.records)) {
    throw new Error(`Not a query's answer: ${JSON.stringify(body)}`);
  }
  return body.records;
}
