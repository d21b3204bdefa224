import type {
  CompiledRule,
  ConsentMap,
  FieldMap,
} from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import { consentEntries } from '@stackbridge/shared-mappers/merge/consent.ts';
import { decodeBase, encodeBase } from '@stackbridge/shared-mappers/model/base.ts';
import { fingerprint, fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { MutableJsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { Link } from '@stackbridge/shared-mappers/model/link.ts';
import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import { otherSide, type Side } from '@stackbridge/shared-mappers/model/side.ts';
import type { BaseHome } from '@stackbridge/shared-mappers/plan/base-home.ts';
import type { ContactGroup, PlanContext } from '@stackbridge/shared-mappers/plan/contact-group.ts';
import type { ContactOptions } from '@stackbridge/shared-mappers/plan/contact-options.ts';
import type { Operation } from '@stackbridge/shared-mappers/plan/operation.ts';
import { planContact } from '@stackbridge/shared-mappers/plan/plan-contact.ts';
import {
  type Mark,
  PARTNER_RULE,
  type RecordMarks,
  STAMP_RULE,
} from '@stackbridge/shared-mappers/plan/record-marks.ts';
import { stampHome } from '@stackbridge/shared-mappers/plan/stamp-home.ts';
import { storeHome } from '@stackbridge/shared-mappers/plan/store-home.ts';
import type { SubjectPlan } from '@stackbridge/shared-mappers/plan/subject-plan.ts';
import type { StoreChange } from '@stackbridge/shared-mappers/ports/store.ts';
import { ruleOf } from './rules.ts';

export const KEY = fingerprintKey('000102030405060708090a0b0c0d0e0f');
export const FIELDS = ['email', 'name', 'tier'] as const;
export type FieldName = (typeof FIELDS)[number];

export const OPTIONS: ContactOptions = {
  owner: { by: 'review' },
  create: { left: true, right: true },
  newMembers: 'subscribed',
  consent: { optIn: 'ignore', resubscribe: 'review' },
  deletes: { inLeft: 'archive', inRight: 'keep', archivedThenEdited: 'leave' },
  brakes: { deletes: { share: 0.05, atLeast: 20 }, overwrites: { share: 0.05, atLeast: 20 } },
};

function fieldRule(name: FieldName, index: number, changes: Partial<CompiledRule> = {}): CompiledRule {
  const read = (values: Readonly<Record<string, unknown>>): string => String(values[name] ?? '');
  const write = (canonical: string, payload: MutableJsonObject): undefined => {
    payload[name] = canonical;
  };
  return ruleOf({
    index,
    name,
    key: name.slice(0, 4).padEnd(4, '_'),
    isEmail: name === 'email',
    read: { left: read, right: read },
    write: { left: write, right: write },
    fields: { left: [name], right: [name] },
    ...changes,
  });
}

const consent: ConsentMap = {
  read: {
    left: ({ optedOut }) => (optedOut === true ? 'out' : 'in'),
    right: ({ status }) => (status === 'unsubscribed' ? 'out' : 'in'),
  },
  writeLeft: (out, payload) => {
    payload.optedOut = out;
  },
  fields: { left: ['optedOut'], right: ['status'] },
};

export function fieldMapOf(changes: Partial<CompiledRule> = {}): FieldMap {
  const rules = FIELDS.map((name, index) => fieldRule(name, index, name === 'email' ? {} : changes));
  return {
    rules,
    consent,
    columns: { left: [...FIELDS], right: [...FIELDS] },
  };
}

export const MARKS: RecordMarks = {
  stamp: { left: markNamed('stamp'), right: markNamed('stamp') },
  partner: { left: markNamed('partner'), right: markNamed('partner') },
};

export const HOMES: readonly [string, (map: FieldMap) => BaseHome][] = [
  ['the store', () => storeHome(KEY)],
  ['stamps', (map) => stampHome(map, MARKS)],
];

function markNamed(name: string): Mark {
  return {
    field: name,
    read: (values) => String(values[name] ?? ''),
    write: (text, payload) => {
      payload[name] = text;
    },
  };
}

/** One person on both sides, and the link between them: plans are made of it and carried out on it. */
export class PairWorld {
  readonly map: FieldMap;
  readonly context: PlanContext;
  readonly records: Record<Side, SourceRecord>;
  link: Link | undefined;

  constructor(
    home: (map: FieldMap) => BaseHome,
    changes: Partial<CompiledRule> = {},
    options: Partial<ContactOptions> = {},
  ) {
    this.map = fieldMapOf(changes);
    this.context = {
      scope: 'audience',
      recipe: 'people',
      leftObject: 'Contact',
      map: this.map,
      options: { ...OPTIONS, ...options },
      home: home(this.map),
      keyHashOf: (email) => fingerprint(KEY, email),
      now: 0,
    };
    const values = { email: 'ada@lovelace.test', name: 'Ada', tier: 'Gold' };
    this.records = {
      left: {
        id: '003A',
        object: 'Contact',
        modifiedAt: 0,
        state: 'live',
        values: { ...values, optedOut: false },
      },
      right: {
        id: 'm1',
        object: 'member',
        modifiedAt: 0,
        state: 'live',
        values: { ...values, status: 'subscribed' },
      },
    };
  }

  edit(side: Side, values: Readonly<Record<string, string | boolean>>, at: number): void {
    this.records[side] = {
      ...this.records[side],
      modifiedAt: at,
      values: { ...this.records[side].values, ...values },
    };
  }

  /** Plans with both sides read, or with only those that are named. */
  plan(read: readonly Side[] = ['left', 'right']): SubjectPlan {
    const group: ContactGroup = {
      lefts: read.includes('left') ? [this.records.left] : [],
      rights: read.includes('right') ? [this.records.right] : [],
      links: this.link === undefined ? [] : [this.link],
      decisions: [],
      leftVerified: true,
      rightVerified: true,
      sharersKnown: true,
    };
    const plan = planContact(group, this.context);
    if (!('subject' in plan)) return this.plan();
    return plan;
  }

  /** Plans, carries the plan out and returns it. `fails` loses the writes of one side. */
  sync(at: number, { read, fails }: { read?: readonly Side[]; fails?: Side } = {}): SubjectPlan {
    const plan = this.plan(read);
    for (const change of plan.remember) this.#remember(change);
    for (const operation of plan.operations) if (operation.side !== fails) this.#carryOut(operation, at);
    return plan;
  }

  /** The two records name each other. */
  know(): void {
    const { left, right } = this.records;
    const keyHash = this.context.keyHashOf(String(right.values.email));
    const { scope, leftObject } = this.context;
    this.link = { scope, leftId: left.id, leftObject, rightId: right.id, role: 'owner', keyHash, base: '' };
  }

  /** A step that reaches only the other side takes in this state of a record, however old. */
  deliver(source: Side, snapshot: SourceRecord, at: number): SubjectPlan {
    const target = otherSide(source);
    const held = this.records[target];
    const group: ContactGroup = {
      lefts: [source === 'left' ? snapshot : held],
      rights: [source === 'right' ? snapshot : held],
      links: this.link === undefined ? [] : [this.link],
      decisions: [],
      leftVerified: true,
      rightVerified: true,
      sharersKnown: true,
    };
    const plan = planContact(group, { ...this.context, home: stampHome(this.map, MARKS, target) });
    if (!('subject' in plan)) throw new RangeError('A step of one side asked for more records');
    for (const operation of plan.operations) {
      if (operation.side !== target) throw new RangeError('A step of one side wrote to the other');
      this.#carryOut(operation, at);
    }
    return plan;
  }

  value(side: Side, field: string): unknown {
    return this.records[side].values[field];
  }

  #carryOut(operation: Operation, at: number): void {
    const payload: MutableJsonObject = {};
    const entries: Record<string, string> = {};
    for (const change of operation.changes) {
      const rule = this.map.rules[change.rule];
      if (rule !== undefined) {
        rule.write[operation.side](change.to, payload);
        entries[rule.key] = change.entry;
      } else if (change.rule === STAMP_RULE) payload.stamp = change.to;
      else if (change.rule === PARTNER_RULE) payload.partner = change.to;
      else {
        if (operation.side === 'left') this.map.consent?.writeLeft(change.to === 'out', payload);
        else payload.status = change.to === 'out' ? 'unsubscribed' : 'pending';
        Object.assign(entries, consentEntries(change.entry));
      }
    }
    const record = this.records[operation.side];
    this.records[operation.side] = { ...record, modifiedAt: at, values: { ...record.values, ...payload } };
    if (this.link !== undefined) this.#remember({ kind: 'link', link: this.link, base: entries });
  }

  #remember(change: StoreChange): void {
    if (change.kind !== 'link' || change.link.role !== 'owner') return;
    const base = new Map(decodeBase(this.link?.base ?? ''));
    for (const [key, entry] of Object.entries(change.base)) if (entry !== null) base.set(key, entry);
    this.link = { ...change.link, base: encodeBase(base) };
  }
}
