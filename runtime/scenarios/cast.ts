import type { CrmOrMail, Screens, Shown } from './screens.ts';

/** Where somebody's record stands. */
export interface Place {
  readonly system: CrmOrMail;
  /** Object, or title of the audience. */
  readonly collection: string;
  readonly id: string;
}

/**
 * Who is who in a scenario. A name stands for one person: at most one record in each object and audience. Records that
 * a sync makes get the name of the record they were made from, found by the address.
 */
export class Cast {
  readonly #screens: Screens;
  readonly #places = new Map<string, Place[]>();

  constructor(screens: Screens) {
    this.#screens = screens;
  }

  /** @throws RangeError when the name has a record there already */
  enter(name: string, place: Place): void {
    const places = this.#places.get(name) ?? [];
    if (places.some(({ collection }) => collection === place.collection))
      throw new RangeError(`${name} has a record in ${place.collection} already: choose another name`);
    this.#places.set(name, [...places, place]);
  }

  /** Forgets a record, so that another of the same name may follow (deleted, then entered anew). */
  leave(name: string, collection: string): void {
    const places = this.#places.get(name) ?? [];
    this.#places.set(
      name,
      places.filter((place) => place.collection !== collection),
    );
  }

  /** The one record of a person in a system. @throws RangeError when there is none, or several */
  only(system: CrmOrMail, name: string): Place {
    const found = (this.#places.get(name) ?? []).filter((place) => place.system === system);
    const [place] = found;
    if (place !== undefined && found.length === 1) return place;
    const what = found.length === 0 ? 'has no record' : 'has several records';
    throw new RangeError(
      `${name} ${what} in ${system}: names known are ${[...this.#places.keys()].join(', ')}`,
    );
  }

  in(collection: string, name: string): Place | undefined {
    return this.#places.get(name)?.find((place) => place.collection === collection);
  }

  /** Ids of a person in both systems. */
  idsOf(name: string): string[] {
    return (this.#places.get(name) ?? []).map(({ id }) => id);
  }

  nameOf(id: string): string | undefined {
    for (const [name, places] of this.#places) if (places.some((place) => place.id === id)) return name;
    return undefined;
  }

  names(): string[] {
    return [...this.#places.keys()];
  }

  /**
   * Names records that have no name yet, by their address: who has a record in one collection and none in another is
   * looked for there.
   */
  recognise(collections: readonly { readonly system: CrmOrMail; readonly collection: string }[]): void {
    const named = new Set([...this.#places.values()].flat().map(({ id }) => id));
    for (const { system, collection } of collections) {
      const missing = this.names().filter((name) => this.in(collection, name) === undefined);
      if (missing.length === 0) continue;
      const strangers = Map.groupBy(
        this.#screens.show(system, collection).filter(({ id }) => !named.has(id)),
        ({ values }) => this.#screens.addressIn(system, values),
      );
      if (strangers.size === 0) continue;
      for (const name of missing) {
        const record = this.#addressesOf(name).flatMap((address) => strangers.get(address) ?? [])[0];
        if (record === undefined || named.has(record.id)) continue;
        named.add(record.id);
        this.enter(name, { system, collection, id: record.id });
      }
    }
  }

  #addressesOf(name: string): string[] {
    const records = (this.#places.get(name) ?? []).flatMap(({ system, collection, id }) =>
      this.#screens.show(system, collection, [id]).map((shown: Shown) => ({ system, shown })),
    );
    return records
      .map(({ system, shown }) => this.#screens.addressIn(system, shown.values))
      .filter((address) => address !== '');
  }
}
