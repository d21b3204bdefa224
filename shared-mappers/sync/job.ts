import type { FieldMap } from '../mapping/compiled-rule.ts';
import type { JsonObject } from '../model/json.ts';
import type { Side } from '../model/side.ts';
import type { BaseHome } from '../plan/base-home.ts';
import type { ContactOptions } from '../plan/contact-options.ts';
import type { RecordMarks } from '../plan/record-marks.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connector } from '../ports/connector.ts';
import type { Log } from '../ports/log.ts';
import type { Progress } from '../ports/progress.ts';
import type { Random } from '../ports/random.ts';
import type { Scratch } from '../ports/scratch.ts';
import type { StopSignal } from '../ports/stop-signal.ts';
import type { Store } from '../ports/store.ts';

/** A recipe made ready: compiled against the live schemas, nothing left to look up. */
export interface SyncJob {
  readonly recipe: string;
  /** One per audience: recipes that share an audience share its links. */
  readonly scope: string;
  readonly leftObject: string;
  readonly map: FieldMap;
  readonly options: ContactOptions;
  /** Match keys in order: normalised values, `''` where a record has none. */
  readonly matchKeys: readonly Readonly<Record<Side, (values: JsonObject) => string>>[];
  readonly home: BaseHome;
  /** What the records themselves carry, where the base is not kept in the store. */
  readonly marks?: RecordMarks;
  /** The only side that is written; the other one is as it was delivered. Absent: both. */
  readonly target?: Side;
  readonly keyHashOf: (email: string) => string;
  /** Changes when the mapping does: the next run reads everything. */
  readonly mappingVersion: string;
  /** Milliseconds that are read again before the watermark: commits become visible late. */
  readonly overlapMs: number;
  /** The left listing is narrowed by a filter: a record that it does not hold may still exist. */
  readonly leftFiltered: boolean;
}

/** The effects of a run. */
export interface SyncPorts {
  readonly left: Connector;
  readonly right: Connector;
  readonly store: Store;
  /** A fresh working space; a run disposes of each it opens. */
  readonly openScratch: () => Promise<Scratch & { dispose(): Promise<void> }>;
  readonly clock: Clock;
  readonly random: Random;
  readonly progress: Progress;
  readonly log: Log;
  readonly stop: StopSignal;
  /** API calls sent so far, by system. */
  readonly calls: () => Readonly<Record<string, number>>;
}

export function connectorOf(ports: Pick<SyncPorts, Side>, side: Side): Connector {
  return side === 'left' ? ports.left : ports.right;
}
