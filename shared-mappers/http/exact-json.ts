import { LosslessNumber, parse, stringify } from 'lossless-json';
import type { z } from 'zod';
import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { SystemName } from '../model/side.ts';

/** A body under construction: numbers are whole JavaScript numbers, or exact ones. */
export type ExactJson =
  | string
  | number
  | boolean
  | null
  | LosslessNumber
  | readonly ExactJson[]
  | ExactJsonObject;
export interface ExactJsonObject {
  readonly [key: string]: ExactJson | undefined;
}

/** Decimal text to be sent as a JSON number, digit by digit: `0.3333`. */
export function exactNumber(text: string): LosslessNumber {
  return new LosslessNumber(text);
}

/** Properties that are undefined are left out. */
export function toExactJson(value: ExactJsonObject | readonly ExactJson[]): string {
  return stringify(value) ?? '';
}

/**
 * Reads an answer's body, in which every JSON number becomes its text (`2.3333`, `1018456000000073001`): no amount and
 * no id passes through floating point. The schema therefore expects strings where numbers stand.
 *
 * @throws StackbridgeError `SERVER_ERROR` for what is not JSON or of another shape; it never quotes the body
 */
export function parseExactBodyAs<T>(schema: z.ZodType<T>, body: string, system: SystemName): T {
  const read = schema.safeParse(parseExactBody(body, system));
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join('.') ?? '';
  throw new StackbridgeError('SERVER_ERROR', `${system} answered in an unknown shape (at "${where}")`, {
    system,
    cause: read.error,
  });
}

/** As `parseExactBodyAs`, for a caller that knows nothing of the shape. */
export function parseExactBody(body: string, system: SystemName): unknown {
  try {
    return parse(body, undefined, (text) => text);
  } catch (cause) {
    throw new StackbridgeError('SERVER_ERROR', `${system} answered with something that is not JSON`, {
      system,
      cause,
    });
  }
}
