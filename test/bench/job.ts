import type { Measurement, Yardstick } from './measurement.ts';

export interface BenchOptions {
  /** Contacts of the first syncs; the targets are stated for 100,000. */
  readonly contacts: number;
}

/** Rows that are measured together because they share the costly part. */
export interface Job {
  readonly rows: readonly Yardstick[];
  measure(): Promise<Measurement[]>;
}
