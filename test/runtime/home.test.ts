import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { homeFolder, openHome } from 'stackbridge/home.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'stackbridge-home-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

test('the flag comes before the variable, the variable before the default', () => {
  const environment = { STACKBRIDGE_HOME: '/srv/bridge', XDG_DATA_HOME: '/data' };

  expect(homeFolder('here', environment)).toBe(resolve('here'));
  expect(homeFolder(undefined, environment)).toBe('/srv/bridge');
  expect(homeFolder(undefined, { XDG_DATA_HOME: '/data' })).toBe('/data/stackbridge');
  expect(homeFolder(undefined, {})).toBe(join(homedir(), '.stackbridge'));
});

test('a new home and its key are for their owner only, and the key stays', () => {
  const folder = join(parent, 'a', 'b');

  const home = openHome(folder);

  expect(home).toEqual({
    folder,
    storePath: join(folder, 'store.sqlite'),
    vaultFolder: join(folder, 'vault'),
    fingerprintKey: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readdirSync(folder)).toEqual(['fingerprint-key']);
  expect(statSync(join(folder, 'fingerprint-key')).mode & 0o777).toBe(0o600);
  expect(openHome(folder)).toEqual(home);
  expect(openHome(join(parent, 'other')).fingerprintKey).not.toBe(home.fingerprintKey);
});

test('a store without its key is refused: a new key would make every value look changed', () => {
  writeFileSync(join(parent, 'store.sqlite'), '');

  expect(() => openHome(parent)).toThrow(expect.objectContaining({ code: 'STORE_UNUSABLE' }));
});

test('a damaged key is refused', () => {
  writeFileSync(join(parent, 'fingerprint-key'), 'short');

  expect(() => openHome(parent)).toThrow(expect.objectContaining({ code: 'STORE_UNUSABLE' }));
});

test('a home that cannot be made is said to be unavailable', () => {
  writeFileSync(join(parent, 'file'), '');

  expect(() => openHome(join(parent, 'file', 'home'))).toThrow(
    expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
  );
});
