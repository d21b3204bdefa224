/** One API call as it was answered. */
export interface Call {
  system: string;
  operation: string;
  method: string;
  path: string;
  /** HTTP status of the answer; 0 when the connection was cut instead. */
  status: number;
  /** Sandbox time of the request, milliseconds since 1970. */
  atMs: number;
}

/** Totals by system and operation. */
export type CallCounts = Record<string, { total: number; operations: Record<string, number> }>;

/** Counts what clients ask of each simulated system; keeps the full list only when asked to. */
export class CallLog {
  #counts = new Map<string, Map<string, number>>();
  #list: Call[] = [];
  /** Whether each call is listed too; costs memory, so off by default. */
  recording = false;

  count(system: string, operation: string): void {
    let operations = this.#counts.get(system);
    if (operations === undefined) {
      operations = new Map();
      this.#counts.set(system, operations);
    }
    operations.set(operation, (operations.get(operation) ?? 0) + 1);
  }

  record(call: Call): void {
    if (this.recording) this.#list.push(call);
  }

  /** Calls of one system since the last clear, or of one of its operations. */
  total(system: string, operation?: string): number {
    const operations = this.#counts.get(system);
    if (operations === undefined) return 0;
    if (operation !== undefined) return operations.get(operation) ?? 0;
    let sum = 0;
    for (const n of operations.values()) sum += n;
    return sum;
  }

  counts(): CallCounts {
    const result: CallCounts = {};
    for (const [system, operations] of this.#counts) {
      result[system] = { total: this.total(system), operations: Object.fromEntries(operations) };
    }
    return result;
  }

  list(): readonly Call[] {
    return this.#list;
  }

  clear(): void {
    this.#counts.clear();
    this.#list = [];
  }
}
