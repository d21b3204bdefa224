import { z } from 'zod';

/** What every stored record has. Records are values: a change stores a new one in the old one's place. */
export interface Row {
  readonly id: string;
}

/** Undoes what has been stored since a mark, so that a refused batch leaves no trace. */
export class Journal {
  #undo: Array<() => void> = [];
  #afterwards: Array<() => void> = [];
  #depth = 0;

  /** Runs `work`; when it throws, everything it stored is taken back. Nests. */
  attempt<T>(work: () => T): T {
    const mark = this.#undo.length;
    const toldBefore = this.#afterwards.length;
    this.#depth += 1;
    try {
      return work();
    } catch (error) {
      while (this.#undo.length > mark) this.#undo.pop()?.();
      this.#afterwards.length = toldBefore;
      throw error;
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#end();
    }
  }

  #end(): void {
    const tellings = this.#afterwards;
    this.#undo = [];
    this.#afterwards = [];
    for (const tell of tellings) tell();
  }

  /** Calls back once what is under way stands for good; never when it is taken back. */
  afterwards(tell: () => void): void {
    if (this.#depth > 0) this.#afterwards.push(tell);
    else tell();
  }

  note(undo: () => void): void {
    if (this.#depth > 0) this.#undo.push(undo);
  }
}

/** Finds the records that share a key. */
export class Index<T extends Row> {
  readonly #keyOf: (row: T) => string | undefined;
  readonly #ids = new Map<string, Set<string>>();

  constructor(keyOf: (row: T) => string | undefined) {
    this.#keyOf = keyOf;
  }

  /** Ids of the records with that key, in the order they got it. */
  ids(key: string): Iterable<string> {
    return this.#ids.get(key) ?? [];
  }

  /** Takes note of a record that is new, gone, or changed. */
  move(old: T | undefined, row: T | undefined): void {
    const from = old === undefined ? undefined : this.#keyOf(old);
    const to = row === undefined ? undefined : this.#keyOf(row);
    if (from === to) return;
    if (old !== undefined && from !== undefined) this.#drop(old, from);
    if (row !== undefined && to !== undefined) this.#add(row, to);
  }

  #add(row: T, key: string): void {
    const ids = this.#ids.get(key);
    if (ids === undefined) this.#ids.set(key, new Set([row.id]));
    else ids.add(row.id);
  }

  #drop(row: T, key: string): void {
    const ids = this.#ids.get(key);
    ids?.delete(row.id);
    if (ids?.size === 0) this.#ids.delete(key);
  }
}

/** Records of one kind by id, in order of creation. */
export class Table<T extends Row> {
  readonly #journal: Journal;
  readonly #rows = new Map<string, T>();
  readonly #indexes: Index<T>[] = [];
  #watcher: ((row: T, isNew: boolean) => void) | undefined;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Call before the first record is stored. */
  indexed(keyOf: (row: T) => string | undefined): Index<T> {
    const index = new Index(keyOf);
    this.#indexes.push(index);
    return index;
  }

  /** Calls back with every record that is stored for good. One watcher at a time. */
  watch(watcher: (row: T, isNew: boolean) => void): void {
    this.#watcher = watcher;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): T | undefined {
    return this.#rows.get(id.toLowerCase());
  }

  rows(): IterableIterator<T> {
    return this.#rows.values();
  }

  /** The records of an index's key. */
  *found(index: Index<T>, key: string): Iterable<T> {
    for (const id of index.ids(key)) {
      const row = this.#rows.get(id);
      if (row !== undefined) yield row;
    }
  }

  /** Stores a record, in place of the one with its id if there is one. */
  put(row: T): T {
    const old = this.#rows.get(row.id);
    this.#store(old, row);
    this.#journal.note(() => this.#store(row, old));
    this.#journal.afterwards(() => this.#watcher?.(row, old === undefined));
    return row;
  }

  remove(id: string): void {
    const old = this.#rows.get(id);
    if (old === undefined) return;
    this.#store(old, undefined);
    this.#journal.note(() => this.#store(undefined, old));
  }

  /** Everything it held before is gone; nobody is told. @throws ZodError when the data is no list of records */
  restore(data: unknown): void {
    const rows = z
      .array(z.custom<T>((row) => typeof row === 'object' && row !== null && 'id' in row))
      .parse(data);
    this.clear();
    for (const row of rows) this.#store(undefined, row);
  }

  clear(): void {
    for (const row of [...this.#rows.values()]) this.#store(row, undefined);
  }

  #store(old: T | undefined, row: T | undefined): void {
    if (row !== undefined) this.#rows.set(row.id, row);
    else if (old !== undefined) this.#rows.delete(old.id);
    for (const index of this.#indexes) index.move(old, row);
  }
}
