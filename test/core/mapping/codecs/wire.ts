import type { CompiledRule } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import { Unwritable } from '@stackbridge/shared-mappers/mapping/unwritable.ts';
import type { JsonValue, MutableJsonObject } from '@stackbridge/shared-mappers/model/json.ts';

/** A record that holds nothing but one left field. */
export function leftOf(rule: CompiledRule, raw: JsonValue): string {
  return rule.read.left({ [rule.fields.left[0] ?? '']: raw });
}

export function rightOf(rule: CompiledRule, raw: JsonValue): string {
  return rule.read.right({ merge_fields: { [rule.fields.right[0] ?? '']: raw } });
}

/** What goes over the wire, or the code of the refusal. */
export function toLeft(rule: CompiledRule, canonical: string): JsonValue | undefined {
  const payload: MutableJsonObject = {};
  const refused = rule.write.left(canonical, payload);
  return refused instanceof Unwritable ? refused.code : payload[rule.fields.left[0] ?? ''];
}

export function toRight(rule: CompiledRule, canonical: string): JsonValue | undefined {
  const payload: MutableJsonObject = {};
  const refused = rule.write.right(canonical, payload);
  if (refused instanceof Unwritable) return refused.code;
  const merged = payload.merge_fields;
  const isObject = typeof merged === 'object' && merged !== null && 'constructor' in merged;
  return isObject ? new Map(Object.entries(merged)).get(rule.fields.right[0] ?? '') : undefined;
}
