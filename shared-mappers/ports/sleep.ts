/** Waits. Resolves early when the run is asked to stop, so callers look at the stop signal afterwards. */
export interface Sleep {
  sleep(ms: number): Promise<void>;
}
