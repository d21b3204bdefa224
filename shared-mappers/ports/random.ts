export interface Random {
  /** Uniform in [0, 1): jitter of retries. */
  next(): number;
  /** A new unique id of 26 characters, in the order of creation (ULID): runs, batches, audit entries. */
  id(): string;
}
