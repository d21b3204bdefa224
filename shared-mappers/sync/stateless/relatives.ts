import { normalizeEmail } from '../../mapping/codecs/email.ts';
import { fingerprint, fingerprintKey } from '../../model/fingerprint.ts';
import type { SourceRecord } from '../../model/record.ts';
import type { Connector } from '../../ports/connector.ts';
import { LONGEST_CHAIN, readMergedIntoGone } from './merged-into-gone.ts';

/** Whom a step may have to know of beside the one record that it is handed, as their system had them at that time. */
export interface Relatives {
  /** Each once, the record itself not among them. */
  readonly records: readonly SourceRecord[];
  /**
   * By each address that was asked for: ids of the other live records that have it. A number stands for so many of them
   * that they are not handed on.
   */
  readonly sharers: Readonly<Record<string, readonly string[] | number>>;
}

/** Of one address. Families and offices share one; past this it is a placeholder, and packs would grow with its square. */
export const MOST_SHARERS = 25;

/** Of one address, the latest: whoever was deleted, merged or converted may be whom a member still names. */
const MOST_REMOVED = 5;

/** Into one record, the latest. A pack has to stay within what a delivery may hold. */
const MOST_MERGED = 25;

export interface Kin {
  readonly connector: Pick<Connector, 'readByIds' | 'readByKey' | 'readAnyByKey' | 'readMergedInto'>;
  /** What is read of each relative. */
  readonly columns: readonly string[];
  /** The field that holds the address. */
  readonly addressField: string;
}

/**
 * Reads the relatives of many records at once: whoever has the address of one or had it before being removed, the record
 * that a merged or converted one became, whoever was merged into a deleted one, and who shares the address of each of
 * those. Costs a query for each 200 addresses, and one or two more where somebody was merged, converted or deleted.
 *
 * @returns by the id of the record
 */
export async function readRelatives(
  records: readonly SourceRecord[],
  kin: Kin,
): Promise<ReadonlyMap<string, Relatives>> {
  const family = new Family(kin);
  await family.ask(records);
  await family.followSuccessors(records);
  await family.askWhoWasMergedInto(records);
  return new Map(records.map((record) => [record.id, family.of(record)]));
}

/** Public on purpose: it only has to be the same in the next poll. */
const KEY = fingerprintKey('77686f2d7368617265732d6164647265');

/** Changes when others come to share an address that was asked for, or no longer do; `''` where nobody shares any. */
export function sharersKey({ sharers }: Relatives): string {
  const shared = Object.entries(sharers)
    .map(([address, ids]) => [address, typeof ids === 'number' ? `${ids}` : ids.toSorted().join()] as const)
    .filter(([, ids]) => ids !== '')
    .map(([address, ids]) => `${address} ${ids}`)
    .sort();
  return shared.length === 0 ? '' : fingerprint(KEY, shared.join(';'));
}

/** All that is known of a page of records and of whoever is related to one of them. */
class Family {
  readonly #kin: Kin;
  readonly #byId = new Map<string, SourceRecord>();
  readonly #byAddress = new Map<string, readonly SourceRecord[]>();
  #mergedInto: ReadonlyMap<string, readonly SourceRecord[]> = new Map();

  constructor(kin: Kin) {
    this.#kin = kin;
  }

  addressOf({ values }: SourceRecord): string {
    return normalizeEmail(values[this.#kin.addressField]);
  }

  /** Who has the address of one of these. */
  async ask(records: readonly SourceRecord[]): Promise<void> {
    const { connector, columns, addressField } = this.#kin;
    const asked = [...new Set(records.map((record) => this.addressOf(record)))].filter(
      (address) => address !== '' && !this.#byAddress.has(address),
    );
    if (asked.length === 0) return;
    const read = connector.readAnyByKey ?? connector.readByKey;
    const found = await read(addressField, asked, columns);
    const byAddress = Map.groupBy(found, (record) => this.addressOf(record));
    for (const address of asked) this.#byAddress.set(address, byAddress.get(address) ?? []);
    for (const record of found) this.#byId.set(record.id, record);
  }

  async followSuccessors(records: readonly SourceRecord[]): Promise<void> {
    const { connector, columns } = this.#kin;
    let open = [...records, ...this.#byId.values()];
    for (let step = 0; step < LONGEST_CHAIN; step += 1) {
      const unread = open.flatMap(({ successorId }) => successorId ?? []).filter((id) => !this.#byId.has(id));
      if (unread.length === 0) return;
      open = await connector.readByIds([...new Set(unread)], columns);
      for (const record of open) this.#byId.set(record.id, record);
      await this.ask(open);
    }
  }

  async askWhoWasMergedInto(records: readonly SourceRecord[]): Promise<void> {
    const { connector, columns } = this.#kin;
    const merged = await readMergedIntoGone(records, connector, columns);
    for (const record of merged) this.#byId.set(record.id, record);
    this.#mergedInto = Map.groupBy(merged, ({ successorId }) => successorId ?? '');
    await this.ask(merged);
  }

  of(record: SourceRecord): Relatives {
    const addresses = new Set([this.addressOf(record)]);
    const relatives = new Map<string, SourceRecord>();
    const add = (relative: SourceRecord): void => {
      if (relative.id === record.id || relatives.has(relative.id)) return;
      relatives.set(relative.id, relative);
      addSuccessorOf(relative);
    };
    const addSuccessorOf = ({ successorId }: SourceRecord): void => {
      const successor = this.#byId.get(successorId ?? '');
      if (successor === undefined) return;
      addresses.add(this.addressOf(successor));
      add(successor);
    };
    const addMergedInto = ({ id }: SourceRecord): void => {
      for (const merged of latestOf(this.#mergedInto.get(id) ?? [], MOST_MERGED)) {
        addresses.add(this.addressOf(merged));
        add(merged);
        addMergedInto(merged);
      }
    };
    addSuccessorOf(record);
    if (record.state === 'deleted') addMergedInto(record);
    const sharers: Record<string, readonly string[] | number> = {};
    // Grows while it is gone through: each that was removed may bring its successor's address.
    for (const address of addresses) {
      if (address === '') continue;
      const others = (this.#byAddress.get(address) ?? []).filter(({ id }) => id !== record.id);
      const live = others.filter(
        ({ successorId, state }) => successorId === undefined && state !== 'deleted',
      );
      const removed = others.filter((other) => !live.includes(other));
      sharers[address] = live.length > MOST_SHARERS ? live.length : live.map(({ id }) => id);
      if (live.length <= MOST_SHARERS) for (const other of live) add(other);
      for (const other of latestOf(removed, MOST_REMOVED)) add(other);
    }
    return { records: [...relatives.values()], sharers };
  }
}

function latestOf(records: readonly SourceRecord[], most: number): SourceRecord[] {
  return records.toSorted((one, other) => other.modifiedAt - one.modifiedAt).slice(0, most);
}
