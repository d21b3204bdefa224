import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openVault, type Vault } from 'stackbridge/vault/vault.ts';
import { makeKey } from 'stackbridge/vault/vault-key.ts';
import { standInKeyPrograms } from '../support/key-programs.ts';
import { openTestVault } from '../support/vault.ts';

const SECRET = 'p1anted-s3cret';
const UNREADABLE = { code: 'VAULT_UNREADABLE', class: 'Reconnect' };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stackbridge-vault-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, 'vault');
const sealedFile = (name: string) => join(path(), `${name}.sealed`);
const everyFile = () =>
  Object.fromEntries(readdirSync(path()).map((file) => [file, readFileSync(join(path(), file))]));
const withKey = (key: string, more: NodeJS.ProcessEnv = {}): Vault =>
  openVault({ folder: path(), environment: { STACKBRIDGE_VAULT_KEY: key, ...more } });
const newKey = () => makeKey().bytes.toString('base64');

describe('a secret', () => {
  test('comes back for whoever has the key, and is nowhere in clear on the disk', async () => {
    await openTestVault(path()).write('xero', SECRET);

    expect(await openTestVault(path()).read('xero')).toBe(SECRET);
    expect(Object.values(everyFile()).filter((bytes) => bytes.includes(SECRET))).toEqual([]);
  });

  test('is readable by its owner alone, and so is its key', async () => {
    await openTestVault(path()).write('xero', SECRET);

    const modes = [path(), sealedFile('xero'), join(path(), 'key.json')].map(
      (file) => statSync(file).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });

  test('is sealed otherwise each time it is written', async () => {
    const vault = openTestVault(path());
    await vault.write('xero', SECRET);
    const first = readFileSync(sealedFile('xero'), 'utf8');
    await vault.write('xero', SECRET);

    expect(readFileSync(sealedFile('xero'), 'utf8')).not.toBe(first);
  });

  test('that was tampered with in any place is refused, and the file stays as it is', async () => {
    const vault = openTestVault(path());
    await vault.write('xero', SECRET);
    const whole = readFileSync(sealedFile('xero'));

    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 2), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ flip;
        writeFileSync(sealedFile('xero'), changed);
        await expect(vault.read('xero')).rejects.toMatchObject(UNREADABLE);
        expect(readFileSync(sealedFile('xero'))).toEqual(changed);
      }),
      { numRuns: 200 },
    );
  });

  test('cannot be put in another’s place', async () => {
    const vault = openTestVault(path());
    await vault.write('xero', SECRET);
    copyFileSync(sealedFile('xero'), sealedFile('zoho'));

    await expect(vault.read('zoho')).rejects.toMatchObject(UNREADABLE);
  });

  test('is removed without the key', async () => {
    await withKey(newKey()).write('xero', SECRET);
    const vault = withKey(newKey());

    expect([vault.remove('xero'), vault.remove('xero'), vault.names()]).toEqual([true, false, []]);
  });

  test('is whole after its writer was killed, however often', async () => {
    const vault = openTestVault(path());
    await vault.write('xero', 'first');
    for (let round = 0; round < 3; round++) {
      const writer = spawn(process.execPath, [
        fileURLToPath(new URL('../support/write-vault-for-ever.ts', import.meta.url)),
        path(),
      ]);
      await once(writer.stdout, 'data');
      writer.kill('SIGKILL');
      await once(writer, 'close');

      expect((await vault.read('xero'))?.replace(/^(\d+ )\1*$/, '')).toBe('');
    }
  }, 60_000);
});

describe('a key', () => {
  test('that is another one opens nothing, seals nothing and changes nothing', async () => {
    await withKey(newKey()).write('xero', SECRET);
    const before = everyFile();
    const vault = withKey(newKey());

    await expect(vault.read('xero')).rejects.toMatchObject({
      ...UNREADABLE,
      message: `${sealedFile('xero')} is sealed with a key that is not at hand`,
    });
    await expect(vault.write('zoho', SECRET)).rejects.toMatchObject(UNREADABLE);
    await expect(vault.rotate()).rejects.toMatchObject(UNREADABLE);
    const { 'key.lock': _, 'rotation.lock': __, ...after } = everyFile();
    const { 'key.lock': ___, ...unchanged } = before;
    expect(after).toEqual(unchanged);
  });

  test('that is lost is not replaced by a new one', async () => {
    await openTestVault(path()).write('xero', SECRET);
    rmSync(join(path(), 'key.json'));

    await expect(openTestVault(path()).write('zoho', SECRET)).rejects.toMatchObject(UNREADABLE);
    expect(readdirSync(path())).not.toContain('key.json');
  });

  test.each(['', 'short', newKey().slice(1), `${newKey()}!`])('that is no key is told: %j', async (text) => {
    await openTestVault(path()).write('xero', SECRET);
    writeFileSync(join(path(), 'key.json'), JSON.stringify({ place: 'file', keys: text }));

    await expect(openTestVault(path()).read('xero')).rejects.toMatchObject(UNREADABLE);
    if (text !== '')
      await expect(withKey(text).read('xero')).rejects.toMatchObject({
        message: expect.stringContaining('STACKBRIDGE_VAULT_KEY is not 32 bytes in Base64'),
      });
  });

  test('is made once, however many seal their first secrets', async () => {
    const vaults = ['xero', 'zoho', 'mailchimp'].map((name) => ({ name, vault: openTestVault(path()) }));

    await Promise.all(vaults.map(({ name, vault }) => vault.write(name, SECRET)));

    const read = await Promise.all(vaults.map(({ name }) => openTestVault(path()).read(name)));
    expect(read).toEqual([SECRET, SECRET, SECRET]);
  });
});

describe('a rotation', () => {
  test('seals everything with a new key; the old one opens nothing any more', async () => {
    const vault = openTestVault(path());
    await vault.write('xero', SECRET);
    await vault.write('tokens.xero.1', 'other');
    const oldKey = readFileSync(join(path(), 'key.json'));

    expect(await vault.rotate()).toEqual({ resealed: 2, keyIn: 'file' });

    expect([await vault.read('xero'), await vault.read('tokens.xero.1')]).toEqual([SECRET, 'other']);
    writeFileSync(join(path(), 'key.json'), oldKey);
    await expect(vault.read('xero')).rejects.toMatchObject(UNREADABLE);
  });

  test('that was interrupted leaves everything readable, and the next one ends it', async () => {
    const vault = openTestVault(path());
    await vault.write('xero', SECRET);
    await vault.write('zoho', 'other');
    const key = JSON.parse(readFileSync(join(path(), 'key.json'), 'utf8')).keys;
    // As the disk is between the two steps: the new key is known, one file is sealed with it.
    writeFileSync(join(path(), 'key.json'), JSON.stringify({ place: 'file', keys: `${newKey()},${key}` }));
    await vault.write('xero', SECRET);

    expect([await vault.read('xero'), await vault.read('zoho')]).toEqual([SECRET, 'other']);
    await vault.rotate();
    expect([await vault.read('xero'), await vault.read('zoho')]).toEqual([SECRET, 'other']);
    expect(JSON.parse(readFileSync(join(path(), 'key.json'), 'utf8')).keys).not.toContain(',');
  });

  test('goes from one environment key to the next', async () => {
    const [before, after] = [newKey(), newKey()];
    await withKey(before).write('xero', SECRET);

    await withKey(after, { STACKBRIDGE_VAULT_PREVIOUS_KEY: before }).rotate();

    expect(await withKey(after).read('xero')).toBe(SECRET);
    await expect(withKey(before).read('xero')).rejects.toMatchObject(UNREADABLE);
  });

  test('twice at once loses nothing', async () => {
    const vault = openTestVault(path());
    await vault.write('xero', SECRET);

    await Promise.all([vault.rotate(), openTestVault(path()).rotate()]);

    expect(await openTestVault(path()).read('xero')).toBe(SECRET);
  });
});

describe("the operating system's key store", () => {
  test.each([
    ['linux', 'secret-service'],
    ['darwin', 'keychain'],
    ['win32', 'dpapi'],
  ] as const)(
    'on %s is %s; the key goes to it by standard input, never as an argument',
    async (platform, keyIn) => {
      const programs = standInKeyPrograms(folder);
      const open = () => openVault({ folder: path(), environment: programs.environment, platform });
      await open().write('xero', SECRET);

      expect(await open().read('xero')).toBe(SECRET);
      expect(await open().rotate()).toEqual({ resealed: 1, keyIn });
      expect(await open().read('xero')).toBe(SECRET);

      const calls = programs.calls();
      const keys = calls.flatMap(({ input }) => input.match(/[A-Za-z0-9+/]{43}=/g) ?? []);
      const places = [...calls.flatMap(({ args }) => args), readFileSync(join(path(), 'key.json'), 'utf8')];
      expect(keys.length).toBeGreaterThan(1);
      expect(keys.filter((key) => places.some((text) => text.includes(key)))).toEqual([]);
    },
  );

  test('that does not answer later is not passed over: no other key is made', async () => {
    const programs = standInKeyPrograms(folder);
    const open = () => openVault({ folder: path(), environment: programs.environment, platform: 'linux' });
    await open().write('xero', SECRET);
    programs.lock();

    await expect(open().read('xero')).rejects.toMatchObject({
      ...UNREADABLE,
      message: expect.stringContaining('(secret-service), which does not give it'),
    });
    await expect(open().write('zoho', SECRET)).rejects.toMatchObject(UNREADABLE);
  });

  test('that is not there gives way to a file', async () => {
    const open = () => openVault({ folder: path(), environment: { PATH: folder }, platform: 'linux' });
    await open().write('xero', SECRET);

    expect(await open().read('xero')).toBe(SECRET);
    expect(JSON.parse(readFileSync(join(path(), 'key.json'), 'utf8')).place).toBe('file');
  });
});
