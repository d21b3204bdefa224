import type { CompiledRule } from '../mapping/compiled-rule.ts';
import { consentLetter } from '../merge/consent.ts';
import type { SourceRecord } from '../model/record.ts';
import { otherSide, type Side } from '../model/side.ts';
import { isLater, toSecond } from '../model/stamp.ts';
import { excluded } from './excluded.ts';
import type { FieldChange, Operation } from './operation.ts';
import { consentEntriesOf } from './seal-both-sides.ts';
import {
  agreedIn,
  anyEntryAgain,
  carrierOn,
  emptyTogether,
  fallsBehind,
  isNewRecord,
  lacksPartner,
  markOnly,
  marksFor,
  type NewEntry,
  ownWrites,
  type Sealing,
} from './stamp-changes.ts';
import type { SubjectPlan } from './subject-plan.ts';

/**
 * Turns a plan for both sides into one for a step that reaches only `target`. Whatever was decided, the base of a field
 * then is what the source said: where the source won it is what was written, and where the target won it makes the
 * target's value look like the newer edit, so that the step of the other direction carries it across.
 */
export function sealOneSide(plan: SubjectPlan, sealing: Sealing, target: Side): SubjectPlan {
  const source = sealing.pair[otherSide(target)];
  if (source !== undefined && isStale(source, target, sealing))
    return excluded(plan.subject, 'older than what the record has already taken in');

  const carrier = carrierOn(target, plan);
  const waiting = ownWrites(otherSide(target), plan);
  const noted = newEntries(plan, carrier, waiting, source, target, sealing);
  const isAwaited = plan.othersTurn === true || plan.operations.some(({ side }) => side !== target);
  // What waits may be none of the pair's values: then nothing but the mark shows that the other step has to look.
  const isUnnoted = isAwaited && carrier === undefined && noted.length === 0;
  const entries = isUnnoted ? anyEntryAgain(sealing) : noted;
  const operations = plan.operations
    .filter(({ side }) => side === target)
    .map((operation) =>
      operation === carrier
        ? { ...operation, changes: [...operation.changes, ...marksFor(target, entries, plan, sealing)] }
        : operation,
    );
  const isDue =
    entries.length > 0 ||
    // A value that waits to go the other way may have been delivered already, and overtaken: the mark has it delivered anew.
    isAwaited ||
    lacksPartner(target, plan, sealing) ||
    fallsBehind(target, sealing) ||
    (source !== undefined && isOneWay(target, sealing) && isLater(source, sealing.stamps[target]));
  const alone = carrier === undefined && isDue ? markOnly(target, entries, plan, sealing) : undefined;
  const sealed = settled({ ...plan, operations: alone === undefined ? operations : [...operations, alone] });
  const isCreated = carrier?.action === 'create' && sealing.marks.partner !== undefined;
  const isOthersTurn = isAwaited || isCreated || lacksPartner(otherSide(target), plan, sealing);
  return isOthersTurn ? { ...sealed, othersTurn: true } : sealed;
}

function settled(plan: SubjectPlan): SubjectPlan {
  // That it is another record type's to keep does not stay the mark that tells its own recipe.
  if (plan.outcome === 'excluded' && plan.operations.length > 0) return { ...plan, outcome: 'apply' };
  if (plan.outcome !== 'apply' && plan.outcome !== 'unchanged') return plan;
  return { ...plan, outcome: plan.operations.length > 0 ? 'apply' : 'unchanged' };
}

/** The target has taken in a later state of the same record: this delivery is out of turn, or a repeat. */
function isStale({ modifiedAt, id }: SourceRecord, target: Side, { stamps, marks, pair }: Sealing): boolean {
  const held = pair[target];
  const partnerId = held === undefined ? '' : (marks.partner?.[target].read(held.values) ?? '');
  const isTheSame = partnerId === '' || partnerId === id;
  return isTheSame && toSecond(modifiedAt) < stamps[target].takenIn;
}

/** Nothing flows back, so no delivery of the other direction would show that a stale one was let through. */
function isOneWay(target: Side, { map }: Sealing): boolean {
  return map.rules.every(({ direction, isEmail }) => isEmail || direction === `to-${target}`);
}

function newEntries(
  plan: SubjectPlan,
  carrier: Operation | undefined,
  waiting: readonly Operation[],
  source: SourceRecord | undefined,
  target: Side,
  sealing: Sealing,
): NewEntry[] {
  const { map, entryOf } = sealing;
  const said = (rule: CompiledRule): string =>
    source === undefined ? '' : entryOf(rule, rule.read[otherSide(target)](source.values));
  const isNew = carrier !== undefined && isNewRecord(carrier);
  const entries = [...agreedIn(plan), ...(isNew ? emptyTogether(carrier, sealing) : [])];
  const note = (change: FieldChange): void => {
    const rule = map.rules[change.rule];
    // A new record holds what its fields make of the source's values.
    if (rule !== undefined) entries.push({ key: rule.key, entry: isNew ? change.entry : said(rule) });
  };
  for (const change of carrier?.changes ?? []) {
    if (map.rules[change.rule] === undefined) entries.push(...consentEntriesOf(change));
    else note(change);
  }
  for (const change of waiting.flatMap(({ changes }) => changes)) {
    if (map.rules[change.rule] !== undefined) note(change);
    else if (change.to === 'out' && source !== undefined)
      entries.push(...consentEntriesOf(withSaid(change, source, otherSide(target), sealing)));
  }
  return entries;
}

/** What the source says of mail is the base of an opt-out that waits to go there: it is no news to the other step. */
function withSaid(change: FieldChange, source: SourceRecord, side: Side, { map }: Sealing): FieldChange {
  const letter = map.consent === undefined ? '.' : consentLetter(map.consent.read[side](source.values));
  return { ...change, entry: side === 'left' ? `${letter}.` : `.${letter}` };
}
