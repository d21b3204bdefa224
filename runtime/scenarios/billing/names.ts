/** Names of records and their ids: `<design>` in a text stands for the id. */
export class Names {
  readonly #ids = new Map<string, string>();

  /** @throws RangeError when the name is taken */
  give(name: string, id: string): void {
    if (this.#ids.has(name)) throw new RangeError(`${name} has a record already: choose another name`);
    this.#ids.set(name, id);
  }

  /** @throws RangeError when nothing has the name */
  idOf(name: string): string {
    const id = this.#ids.get(name);
    if (id === undefined)
      throw new RangeError(`Nothing is called ${name}: names known are ${[...this.#ids.keys()].join(', ')}`);
    return id;
  }

  /** The id of what has this name, or the text itself, filled in: `ZPAY-<ann>-2026-10-05`. */
  idIn(text: string): string {
    return this.#ids.get(text) ?? this.filledText(text);
  }

  /** What stands in place of every `<name>`, at any depth. */
  filled(value: unknown): unknown {
    if (typeof value === 'string')
      return value.replace(/<([a-z][a-z0-9-]*)>/g, (_, name: string) => this.idOf(name));
    if (Array.isArray(value)) return value.map((item: unknown) => this.filled(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [this.filledText(key), this.filled(inner)]),
    );
  }

  filledText(text: string): string {
    return String(this.filled(text));
  }
}
