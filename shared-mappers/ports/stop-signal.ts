/** Looked at between batches: a run that is asked to stop finishes the batch in flight and ends cleanly. */
export interface StopSignal {
  readonly requested: boolean;
}
