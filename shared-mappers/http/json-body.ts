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

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
