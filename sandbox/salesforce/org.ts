import type { World } from '../world.ts';
import type { DuplicateRule } from './duplicate-rules.ts';
import { nthId, toId18 } from './record-id.ts';
import { RecordStore } from './record-store.ts';
import type { ValidationRule } from './record-troubles.ts';
import type { Row } from './row.ts';
import type { ObjectSchema } from './schema/object-schema.ts';
import { Schema } from './schema/schema.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { toWholeSeconds } from './wire-time.ts';

/** The state of the simulated org: its schema, records, rules and settings. */
export class Org {
  readonly world: World;
  readonly orgId = nthId('00D', 1);
  schema = new Schema();
  settings: Settings = { ...DEFAULT_SETTINGS };
  duplicateRules: DuplicateRule[] = [];
  validationRules: ValidationRule[] = [];
  /** Writes that will still find the record locked, by id. */
  readonly rowLocks = new Map<string, number>();
  #stores = new Map<string, RecordStore>();
  /** Steps back to where the open transaction began; null when none is open. */
  #undo: Array<() => void> | null = null;
  apiUserId = '';
  adminUserId = '';

  constructor(world: World) {
    this.world = world;
    this.#addUsers();
  }

  store(object: string): RecordStore {
    let store = this.#stores.get(object);
    if (store === undefined) {
      store = new RecordStore(object, this.schema.get(object).keyPrefix);
      this.#stores.set(object, store);
    }
    return store;
  }

  stores(): IterableIterator<RecordStore> {
    return this.#stores.values();
  }

  /** The time as the server stamps it, whole seconds in milliseconds. */
  stamp(): number {
    return toWholeSeconds(this.world.clock.now());
  }

  /** Whatever record an id in either form names, by its key prefix. */
  findById(id: string): { object: ObjectSchema; row: Row } | undefined {
    const id18 = toId18(id);
    const object = id18 === undefined ? undefined : this.schema.findByPrefix(id18.slice(0, 3));
    const row = id18 === undefined || object === undefined ? undefined : this.store(object.name).get(id18);
    return object === undefined || row === undefined ? undefined : { object, row };
  }

  /** The row that a stored reference points at: its id is in its full form already. */
  follow(id18: string): Row | undefined {
    const object = this.schema.findByPrefix(id18.slice(0, 3));
    return object === undefined ? undefined : this.store(object.name).get(id18);
  }

  /** Whether a deleted row has left the recycle bin: no call shows it any more. */
  isPurged(row: Row): boolean {
    const kept = this.settings.recycleBinDays * 24 * 3600 * 1000;
    return row.IsDeleted && row.SystemModstamp < this.world.clock.now() - kept;
  }

  /** Runs `work`; every row it wrote is put back if it answers false. */
  transaction(work: () => boolean): void {
    this.#undo = [];
    try {
      if (!work()) for (const step of this.#undo.reverse()) step();
    } finally {
      this.#undo = null;
    }
  }

  /** Tells the open transaction, if any, how to take a write back. */
  onRollback(step: () => void): void {
    this.#undo?.push(step);
  }

  reset(): void {
    this.schema = new Schema();
    this.settings = { ...DEFAULT_SETTINGS };
    this.duplicateRules = [];
    this.validationRules = [];
    this.rowLocks.clear();
    this.#stores.clear();
    this.#addUsers();
  }

  #addUsers(): void {
    const users = this.store('User');
    const add = (FirstName: string, LastName: string, name: string): string =>
      users.insert(
        {
          FirstName,
          LastName,
          Name: `${FirstName} ${LastName}`,
          Username: `${name}@stackbridge.example`,
          Email: `${name}@stackbridge.example`,
          IsActive: true,
          TimeZoneSidKey: 'UTC',
        },
        this.stamp(),
        nthId('005', 1),
      ).Id;
    this.adminUserId = add('Ada', 'Admin', 'admin');
    this.apiUserId = add('Stackbridge', 'Integration', 'integration');
  }
}
