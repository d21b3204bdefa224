import type { CompiledRule } from '../mapping/compiled-rule.ts';
import type { Remembered } from '../merge/remembered.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Side } from '../model/side.ts';

/**
 * Whether carrying a linked record out may replace a value, as far as that record tells by itself: it says something
 * else than what it remembers both sides to agree on. What stands on the other side is not seen, so that an edit which
 * only fills a gap there counts, and so does one that the other side has taken in already.
 */
export function mayOverwrite(
  { values }: Pick<SourceRecord, 'values'>,
  side: Side,
  rules: readonly CompiledRule[],
  remembered: Remembered,
): boolean {
  return rules.some((rule) => {
    const value = rule.read[side](values);
    if (rule.isEmail && value === '') return false;
    if (remembered.get(rule.key) === undefined) return meetsAnew(rule, value);
    return !remembered.says(rule, value) && replaces(rule, value, side);
  });
}

/** The rule is new to both sides: a value beats an empty one, so that only two values can replace each other. */
function meetsAnew({ direction, drift, policy }: CompiledRule, value: string): boolean {
  if (value === '') return false;
  return direction === 'both' ? policy !== 'review' : drift === 'enforce';
}

/** An edit goes across, or is put back where nothing may go that way. */
function replaces({ direction, drift, keepNonEmpty }: CompiledRule, value: string, side: Side): boolean {
  if (direction === `to-${side}`) return drift === 'enforce' && value !== '';
  return value !== '' || !keepNonEmpty;
}
