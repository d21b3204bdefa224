import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readConnections } from 'stackbridge/connections/read-connections.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackbridge-connections-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a file names both systems', () => {
  const path = file(`
salesforce: { baseUrl: http://127.0.0.1:4010/salesforce, tokenUrl: "https://test.salesforce.com/services/oauth2/token",
  clientId: id, clientSecret: s, refreshToken: r, accessToken: 00D!a }
mailchimp:
  apiKey: 0123456789abcdef0123456789abcdef-us1
`);

  expect(readConnections(path, {})).toEqual({
    salesforce: {
      baseUrl: 'http://127.0.0.1:4010/salesforce',
      tokenUrl: 'https://test.salesforce.com/services/oauth2/token',
      clientId: 'id',
      clientSecret: 's',
      refreshToken: 'r',
      accessToken: '00D!a',
    },
    mailchimp: { apiKey: '0123456789abcdef0123456789abcdef-us1' },
  });
});

test('the environment overrides the file setting by setting, and is enough alone', () => {
  const path = file('salesforce: { baseUrl: "https://a.my.salesforce.com", accessToken: old }\n');

  expect(readConnections(path, { STACKBRIDGE_SALESFORCE_ACCESS_TOKEN: 'new' })).toEqual({
    salesforce: { baseUrl: 'https://a.my.salesforce.com', accessToken: 'new' },
  });
  expect(
    readConnections(undefined, {
      STACKBRIDGE_MAILCHIMP_API_KEY: 'k-us1',
      STACKBRIDGE_MAILCHIMP_BASE_URL: 'http://127.0.0.1:1/mailchimp/3.0',
      STACKBRIDGE_SALESFORCE_BASE_URL: '',
    }),
  ).toEqual({ mailchimp: { apiKey: 'k-us1', baseUrl: 'http://127.0.0.1:1/mailchimp/3.0' } });
});

test("a key in the environment replaces the file's token, it does not clash with it", () => {
  const path = file('mailchimp: { accessToken: t }\n');

  expect(readConnections(path, { STACKBRIDGE_MAILCHIMP_API_KEY: 'k-us1' })).toEqual({
    mailchimp: { apiKey: 'k-us1' },
  });
});

test('an empty file names no system', () => {
  expect(readConnections(file('# nothing yet\n'), {})).toEqual({});
});

test('every fault is told with its line, none with its value', () => {
  const path = file(`salesforce:
  baseUrl: http://crm.example
  refreshToken: s3cret
  clientSecret: [s3cret]
  pasword: s3cret
mailchimp:
  apiKey: s3cret
  accessToken: s3cret
hubspot: {}
`);

  expect(faults(path)).toEqual([
    `${path}:2:3 salesforce.baseUrl: must be an https URL (http only on this machine: 127.0.0.1, localhost)`,
    `${path}:4:3 salesforce.clientSecret: Invalid input: expected string, received array`,
    `${path}:5:3 salesforce.pasword: is not a known setting`,
    `${path}:8:3 mailchimp.accessToken: and apiKey are both given: one is enough`,
    `${path}:7:3 mailchimp.apiKey: names no data centre (…-us19): give a baseUrl too`,
    `${path}:9:1 hubspot: is not a known setting`,
  ]);
});

test('a missing setting is told at its section', () => {
  const path = file('# keys\nsalesforce: { refreshToken: r }\nmailchimp: {}\n');

  expect(faults(path)).toEqual([
    `${path}:2:1 salesforce.clientId: is missing: a refreshToken belongs to a client`,
    `${path}:3:1 mailchimp.apiKey: is missing (or give an accessToken)`,
  ]);
});

test('a fault of the environment names its variable', () => {
  expect(faults(undefined, { STACKBRIDGE_MAILCHIMP_API_KEY: 'has a blank-us1' })).toEqual([
    'STACKBRIDGE_MAILCHIMP_API_KEY: must be printable ASCII without blanks',
  ]);
});

test('broken YAML is told by place and kind, without quoting the line', () => {
  const path = file('salesforce:\n  accessToken: "s3cret\nmailchimp:\n  apiKey: a\n  apiKey: s3cret\n');

  const told = faults(path);

  expect(told.every((line) => line.startsWith(`${path}:`) && line.includes('not valid YAML'))).toBe(true);
  expect(told.join()).not.toContain('s3cret');
});

test('a file that is not there and one that is a list are refused', () => {
  const missing = join(folder, 'none.yaml');
  const list = file('- salesforce\n');

  expect(faults(missing)).toEqual([`${missing}: cannot be read (ENOENT)`]);
  expect(faults(list)).toEqual([`${list}:1:1 the file: Invalid input: expected object, received array`]);
});

function file(text: string): string {
  const path = join(folder, 'connections.yaml');
  writeFileSync(path, text);
  return path;
}

function faults(path: string | undefined, environment: Record<string, string> = {}): string[] {
  try {
    readConnections(path, environment);
  } catch (error) {
    expect(error).toMatchObject({ code: 'CONNECTIONS_INVALID' });
    return String(error).split('\n  ').slice(1);
  }
  throw new Error('Nothing was refused');
}
