import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FingerprintKey, fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import { openStore, type SqliteStore } from '../store/sqlite-store.ts';

/** The home of one scenario: its store and key, which can be lost, saved and restored together. */
export class ScenarioHome implements Disposable {
  /** On the disk only where backups are wanted. */
  readonly #folder: string | undefined;
  #store: SqliteStore;
  /** Counts homes: each has a key of its own. */
  #number = 1;
  #savedNumber = 1;

  constructor(keepsBackups: boolean) {
    this.#folder = keepsBackups ? mkdtempSync(join(tmpdir(), 'stackbridge-scenario-')) : undefined;
    this.#store = openStore(this.#path('store'));
  }

  get store(): SqliteStore {
    return this.#store;
  }

  get key(): FingerprintKey {
    return fingerprintKey(String(this.#number).padStart(32, '0'));
  }

  lose(): void {
    this.#reopen(() => {
      if (this.#folder !== undefined) rmSync(this.#path('store'), { force: true });
      this.#number += 1;
    });
  }

  save(): void {
    this.#reopen(() => {
      copyFileSync(this.#path('store'), this.#path('backup'));
      this.#savedNumber = this.#number;
    });
  }

  restore(): void {
    this.#reopen(() => {
      copyFileSync(this.#path('backup'), this.#path('store'));
      this.#number = this.#savedNumber;
    });
  }

  [Symbol.dispose](): void {
    this.#store[Symbol.dispose]();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }

  #reopen(meanwhile: () => void): void {
    this.#store[Symbol.dispose]();
    meanwhile();
    this.#store = openStore(this.#path('store'));
  }

  #path(name: 'store' | 'backup'): string {
    return this.#folder === undefined ? ':memory:' : join(this.#folder, `${name}.sqlite`);
  }
}
