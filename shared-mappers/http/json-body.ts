import type { z } from 'zod';
import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { JsonObject, JsonValue } from '../model/json.ts';
import type { SystemName } from '../model/side.ts';

/**
 * Reads an answer's body. What is not JSON (a proxy's page with status 200) is a `SERVER_ERROR` that names the
 * system and never quotes the body.
 */
export function parseJsonBody(body: string, system: SystemName): JsonValue {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new StackbridgeError('SERVER_ERROR', `${system} answered with something that is not JSON`, {
      system,
      cause,
    });
  }
}

/** Reads an answer's body as the schema says; another shape is a `SERVER_ERROR` that names where it differs. */
export function parseBodyAs<T>(schema: z.ZodType<T>, body: string, system: SystemName): T {
  const read = schema.safeParse(parseJsonBody(body, system));
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join('.') ?? '';
  throw new StackbridgeError('SERVER_ERROR', `${system} answered in an unknown shape (at "${where}")`, {
    system,
    cause: read.error,
  });
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
