/** Structured log lines. Values are ids, counts, codes and field names; never a secret, never a field's value. */
export interface Log {
  debug(event: string, details?: LogDetails): void;
  info(event: string, details?: LogDetails): void;
  warn(event: string, details?: LogDetails): void;
}
export type LogDetails = Readonly<Record<string, string | number | boolean | undefined>>;
