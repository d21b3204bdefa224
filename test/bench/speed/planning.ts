import { encodeBase } from '@stackbridge/shared-mappers/model/base.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { Link } from '@stackbridge/shared-mappers/model/link.ts';
import type { ContactGroup, PlanContext } from '@stackbridge/shared-mappers/plan/contact-group.ts';
import { planContact } from '@stackbridge/shared-mappers/plan/plan-contact.ts';
import type { Measurement, Yardstick } from '../measurement.ts';
import type { Pair, RealContacts } from './real-contacts.ts';
import { compare, medianOf } from './rounds.ts';

const RATE: Yardstick = {
  id: 'speed.planning',
  what: 'planning a linked pair, 4 % of them changed',
  unit: 'pairs/s',
  target: 150_000,
  good: 'at least',
};

export const PLANNING_ROWS: readonly Yardstick[] = [RATE];

/** Of a hundred pairs, two were edited on the left and two on the right since the base. */
const EDITED_ONE_IN = 50;
const TIMES = 60;

/** Maps both sides of a pair, fingerprints them, merges them against the base and writes the plan down. */
export async function measurePlanning({ job, pairs }: RealContacts): Promise<Measurement[]> {
  const context: PlanContext = { ...job, now: 0 };
  const groups = pairs.map((pair, at) => edited(linked(pair, context), at));
  const planAll = (): number => groups.filter((group) => isWritten(group, context)).length;

  const written = planAll();
  const expected = Math.ceil(groups.length / EDITED_ONE_IN) + Math.floor(groups.length / EDITED_ONE_IN);
  if (written !== expected)
    throw new Error(`${written} of ${expected} edited pairs are planned to be written`);
  const rates = await compare({
    planning: {
      records: groups.length * TIMES,
      run: () => {
        for (let time = 0; time < TIMES; time++) planAll();
      },
    },
  });
  return [medianOf(RATE, rates('planning'))];
}

function isWritten(group: ContactGroup, context: PlanContext): boolean {
  const plan = planContact(group, context);
  return 'subject' in plan && plan.operations.length > 0;
}

/** The pair as the store knows it after a first sync. */
function linked({ left, right }: Pair, context: PlanContext): ContactGroup {
  const strangers: ContactGroup = {
    lefts: [left],
    rights: [right],
    links: [],
    decisions: [],
    leftVerified: true,
    rightVerified: true,
    sharersKnown: true,
  };
  const plan = planContact(strangers, context);
  const tie = 'subject' in plan ? plan.remember.find((change) => change.kind === 'link') : undefined;
  if (tie === undefined) throw new Error('The pair does not match');
  const base = new Map(
    Object.entries(tie.base).flatMap(([key, entry]) => (entry === null ? [] : [[key, entry]])),
  );
  const link: Link = { ...tie.link, base: encodeBase(base) };
  return { ...strangers, links: [link] };
}

function edited(group: ContactGroup, at: number): ContactGroup {
  const [left] = group.lefts;
  const [right] = group.rights;
  if (left === undefined || right === undefined) return group;
  if (at % EDITED_ONE_IN === 0) {
    const values: JsonObject = { ...left.values, Title: `Edited ${at}` };
    return { ...group, lefts: [{ ...left, values }] };
  }
  if (at % EDITED_ONE_IN === 1) {
    const merged = right.values.merge_fields;
    const fields = typeof merged === 'object' && merged !== null ? merged : {};
    const values: JsonObject = { ...right.values, merge_fields: { ...fields, TITLE: `Edited ${at}` } };
    return { ...group, rights: [{ ...right, values }] };
  }
  return group;
}
