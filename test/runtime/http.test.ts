import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createHttp, type PooledHttp } from 'stackbridge/http.ts';

let http: PooledHttp;
let server: Server;
let listener: RequestListener;
let base: string;
let connections: number;

beforeEach(async () => {
  connections = 0;
  server = createServer((request, response) => listener(request, response));
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  base = `http://127.0.0.1:${address.port}`;
  http = createHttp();
});
afterEach(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('any status is an answer, with lower-case headers and the body as text', async () => {
  listener = (_request, response) => {
    response.writeHead(418, { 'X-Mixed-Case': 'Yes', 'Set-Cookie': ['a=1', 'b=2'] }).end('Tee für zwei');
  };

  const answer = await http.send({ method: 'GET', url: `${base}/pot`, headers: {} });

  expect(answer).toMatchObject({
    status: 418,
    headers: { 'x-mixed-case': 'Yes', 'set-cookie': 'a=1, b=2' },
    body: 'Tee für zwei',
  });
});

test('method, headers and body arrive as given', async () => {
  listener = (request, response) => {
    const { method, url, headers } = request;
    request.setEncoding('utf8').on('data', (body: string) => {
      response.end(JSON.stringify({ method, url, type: headers['content-type'], body }));
    });
  };

  const answer = await http.send({
    method: 'PATCH',
    url: `${base}/a?b=c%20d`,
    headers: { 'content-type': 'application/json' },
    body: '{"name":"Zoë"}',
  });

  expect(JSON.parse(answer.body)).toEqual({
    method: 'PATCH',
    url: '/a?b=c%20d',
    type: 'application/json',
    body: '{"name":"Zoë"}',
  });
});

test('a redirect is an answer, not followed', async () => {
  listener = (_request, response) => {
    response.writeHead(302, { location: `${base}/elsewhere` }).end();
  };

  const answer = await http.send({ method: 'GET', url: base, headers: {} });

  expect([answer.status, answer.headers.location]).toEqual([302, `${base}/elsewhere`]);
});

test('a compressed body is read', async () => {
  listener = (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"totalSize":0}'));
  };

  expect((await http.send({ method: 'GET', url: base, headers: {} })).body).toBe('{"totalSize":0}');
});

test('connections are kept and serve many requests', async () => {
  listener = (_request, response) => {
    response.end('ok');
  };

  for (let i = 0; i < 20; i++) await http.send({ method: 'GET', url: base, headers: {} });

  // The pool may open a second one while it still puts the first away.
  expect(connections).toBeLessThanOrEqual(2);
});

test('where nobody listens the request was certainly not carried out', async () => {
  const port = new URL(base).port;
  await new Promise((resolve) => server.close(resolve));
  server = createServer();

  await expect(http.send({ method: 'POST', url: base, headers: {} })).rejects.toMatchObject({
    code: 'NO_ANSWER',
    carriedOut: 'no',
    message: `No answer from 127.0.0.1:${port} to POST (ECONNREFUSED)`,
  });
});

test('a connection cut after the request was sent leaves open whether it was carried out', async () => {
  listener = (request) => {
    request.on('end', () => request.socket.destroy()).resume();
  };

  await expect(http.send({ method: 'POST', url: base, headers: {}, body: '{}' })).rejects.toMatchObject({
    code: 'NO_ANSWER',
    carriedOut: 'unknown',
  });
});

test('a connection cut in the middle of the answer leaves it open too', async () => {
  listener = (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setImmediate(() => response.destroy());
  };

  await expect(http.send({ method: 'GET', url: base, headers: {} })).rejects.toMatchObject({
    carriedOut: 'unknown',
  });
});

test('an answer that takes longer than the time-out leaves it open', async () => {
  listener = () => {};

  await expect(http.send({ method: 'POST', url: base, headers: {}, timeoutMs: 20 })).rejects.toMatchObject({
    carriedOut: 'unknown',
    message: expect.stringContaining('UND_ERR_HEADERS_TIMEOUT'),
  });
});

test('what cannot be sent is a bug, told without the header or the query', async () => {
  const headers = { authorization: 'Bearer s3cret\n' };

  const failure = await http
    .send({ method: 'GET', url: `${base}/?email=ann@x.test`, headers })
    .catch((e: unknown) => e);

  expect(failure).toMatchObject({ code: 'BUG' });
  expect(String(failure)).not.toMatch(/s3cret|ann@x/);
  await expect(http.send({ method: 'GET', url: 'nowhere', headers: {} })).rejects.toMatchObject({
    code: 'BUG',
  });
});
