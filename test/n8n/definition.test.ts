import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type N8nProcess, startN8n } from './support/n8n-process.ts';

let host: N8nProcess;

beforeAll(async () => {
  host = await startN8n();
});
afterAll(() => host.close());

test('every field of every node, and every choice in it, says what it is for', async () => {
  expect(await host.with({}).unexplained()).toEqual([]);
});
