import { Refusal } from '../wire/refusal.ts';

/** The Projects API's own error: a message, and the fields at fault. */
export function invalidRequest(modelState: Record<string, readonly string[]>): Refusal {
  const message = 'The request is invalid.';
  return new Refusal(message, { status: 400, body: { message, modelState } });
}

/** Gathers the faults of a request by field. */
export class ModelState {
  readonly #faults: Record<string, string[]> = {};

  add(field: string, fault: string): void {
    this.#faults[field] = [...(this.#faults[field] ?? []), fault];
  }

  /** @throws Refusal when anything is wrong */
  check(): void {
    if (Object.keys(this.#faults).length > 0) throw invalidRequest(this.#faults);
  }
}
