import { randomUUID } from 'node:crypto';
import { z } from 'zod';

const OWNER = {
  email: 'owner@example.com',
  firstName: 'Olive',
  lastName: 'Owner',
  password: 'Loopback-only-1',
};

/** n8n's own REST API as its editor uses it, and the documented public one. */
export interface N8nClient {
  readonly baseUrl: string;
  /** The session, for a browser to be signed in with. */
  readonly cookie: { readonly name: string; readonly value: string };
  /** n8n binds the session to it; the editor keeps it in its local storage. */
  readonly browserId: string;
  /** `/rest…`; the answer's `data`. */
  ask<Shape extends z.ZodType>(
    method: string,
    path: string,
    shape: Shape,
    body?: object,
  ): Promise<z.output<Shape>>;
  /** `/api/v1…`. */
  askPublic<Shape extends z.ZodType>(
    method: string,
    path: string,
    shape: Shape,
    body?: object,
  ): Promise<z.output<Shape>>;
}

const answered = z.object({ data: z.unknown() });

/** Signs in; a fresh n8n is given its owner first. */
export async function signInToN8n(baseUrl: string): Promise<N8nClient> {
  const browserId = randomUUID();
  const post = (path: string, body: object): Promise<Response> =>
    fetch(`${baseUrl}/rest${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'browser-id': browserId },
      body: JSON.stringify(body),
    });
  await post('/owner/setup', OWNER);
  const { email, password } = OWNER;
  const cookie = cookieOf(await post('/login', { emailOrLdapLoginId: email, password }));

  async function send<Shape extends z.ZodType>(
    address: string,
    method: string,
    headers: Readonly<Record<string, string>>,
    shape: Shape,
    body?: object,
  ): Promise<z.output<Shape>> {
    const answer = await fetch(address, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`n8n answered ${answer.status} to ${method} ${address}: ${text.slice(0, 2000)}`);
    return shape.parse(text === '' ? undefined : JSON.parse(text));
  }
  const asUser = { cookie: `${cookie.name}=${cookie.value}`, 'browser-id': browserId };
  const ask: N8nClient['ask'] = async (method, path, shape, body) => {
    const { data } = await send(`${baseUrl}/rest${path}`, method, asUser, answered, body);
    return shape.parse(data);
  };
  const key = await createApiKey(ask);
  return {
    baseUrl,
    cookie,
    browserId,
    ask,
    askPublic: (method, path, shape, body) =>
      send(`${baseUrl}/api/v1${path}`, method, { 'x-n8n-api-key': key }, shape, body),
  };
}

async function createApiKey(ask: N8nClient['ask']): Promise<string> {
  const scopes = await ask('GET', '/api-keys/scopes', z.array(z.string()));
  const asked = { label: randomUUID(), scopes, expiresAt: null };
  return (await ask('POST', '/api-keys', z.object({ rawApiKey: z.string() }), asked)).rawApiKey;
}

function cookieOf(answer: Response): N8nClient['cookie'] {
  const [, name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '') ?? [];
  if (name === undefined || value === undefined) throw new Error(`n8n let nobody in: ${answer.status}`);
  return { name, value };
}
