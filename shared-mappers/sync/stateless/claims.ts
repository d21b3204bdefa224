import type { Link } from '../../model/link.ts';
import type { SourceRecord } from '../../model/record.ts';
import { otherSide, SIDES, type Side } from '../../model/side.ts';
import type { SyncJob } from '../job.ts';

/**
 * Who the records read in one execution say they belong to. A copied contact copies its marks along, so where two
 * contacts name one member, the one that the member names is its owner and the other a follower; where the member
 * names nobody, the older one is.
 */
export class Claims {
  readonly #job: SyncJob;
  readonly #records: Readonly<Record<Side, Map<string, SourceRecord>>> = {
    left: new Map(),
    right: new Map(),
  };
  /** Ids of left records, by the right record they name. */
  readonly #claimants = new Map<string, Set<string>>();
  /** Id of the right record, by the left one it names. */
  readonly #namers = new Map<string, string>();

  constructor(job: SyncJob) {
    this.#job = job;
  }

  observe(side: Side, records: readonly SourceRecord[]): void {
    for (const record of records) {
      // What is gone carries nothing; what it said before it was still stands.
      const before = this.#records[side].get(record.id);
      if (record.state === 'gone' && before !== undefined) continue;
      this.#records[side].set(record.id, record);
      const partner = this.partnerOf(side, record);
      if (partner === '') continue;
      if (side === 'right') {
        this.#namers.set(partner, record.id);
        continue;
      }
      const claimants = this.#claimants.get(partner) ?? new Set();
      this.#claimants.set(partner, claimants.add(record.id));
    }
  }

  records(side: Side): SourceRecord[] {
    return [...this.#records[side].values()];
  }

  record(side: Side, id: string): SourceRecord | undefined {
    return this.#records[side].get(id);
  }

  /** `''` where the record names nobody. */
  partnerOf(side: Side, { values }: SourceRecord): string {
    return this.#job.marks?.partner?.[side].read(values) ?? '';
  }

  /** Partners that records name and that have not been read. */
  unread(side: Side): string[] {
    const named = [...this.#records[otherSide(side)].values()].map((record) =>
      this.partnerOf(otherSide(side), record),
    );
    return [...new Set(named)].filter((id) => id !== '' && !this.#records[side].has(id));
  }

  ofLeft(leftId: string): Link | undefined {
    const record = this.#records.left.get(leftId);
    const named = record === undefined ? '' : this.partnerOf('left', record);
    const state = named === '' ? undefined : this.#records.right.get(named)?.state;
    // A member that was not read may have given way to the one that names this record.
    const isLost = state === undefined || state === 'gone';
    const rightId = (isLost ? this.#namers.get(leftId) : undefined) ?? (named === '' ? undefined : named);
    return rightId === undefined ? undefined : this.ofRight(rightId).find((link) => link.leftId === leftId);
  }

  ofRight(rightId: string): Link[] {
    const right = this.#records.right.get(rightId);
    const named = right === undefined || this.#isDuplicate(right) ? '' : this.partnerOf('right', right);
    const claimants = [...(this.#claimants.get(rightId) ?? [])].sort();
    const owner = named === '' ? claimants[0] : named;
    if (owner === undefined) return [];
    return [owner, ...claimants.filter((id) => id !== owner)].map((leftId) =>
      this.link(leftId, rightId, leftId === owner ? 'owner' : 'follower'),
    );
  }

  /** Every right record that is in a link. */
  linkedRights(): string[] {
    return [...new Set([...this.#namers.values(), ...this.#claimants.keys()])];
  }

  /** It names a left record that is at one with another right record. */
  #isDuplicate(right: SourceRecord): boolean {
    const leftId = this.partnerOf('right', right);
    const left = this.#records.left.get(leftId);
    const named = left === undefined ? '' : this.partnerOf('left', left);
    const other = named === right.id ? undefined : this.#records.right.get(named);
    return other !== undefined && this.partnerOf('right', other) === leftId;
  }

  link(leftId: string, rightId: string, role: Link['role']): Link {
    const { scope, leftObject, map, keyHashOf } = this.#job;
    const left = this.#records.left.get(leftId);
    const right = this.#records.right.get(rightId);
    const email = map.rules.find(({ isEmail }) => isEmail);
    const address = SIDES.toReversed()
      .map((side) => {
        const record = side === 'left' ? left : right;
        return record === undefined ? '' : (email?.read[side](record.values) ?? '');
      })
      .find((text) => text !== '');
    const keyHash = keyHashOf(address ?? '');
    return { scope, leftId, leftObject: left?.object ?? leftObject, rightId, role, keyHash, base: '' };
  }
}
