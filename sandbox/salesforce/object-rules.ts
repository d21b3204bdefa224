import { recordError } from './errors.ts';
import type { Org } from './org.ts';
import type { Row, Value, Values } from './row.ts';

/** What the vendor holds of one object beyond its fields; `current` is undefined on create. */
type Rule = (org: Org, values: Values, current: Row | undefined) => void;

const RULES: Readonly<Record<string, Rule>> = {
  Lead: (_org, _values, current) => {
    if (current?.IsConverted === true) {
      throw recordError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
  },

  CampaignMember: (org, values, current) => {
    if (current !== undefined) return;
    const { CampaignId, ContactId, LeadId } = values;
    if (((ContactId ?? null) === null) === ((LeadId ?? null) === null)) {
      const message = 'You must specify exactly one of LeadId and ContactId';
      throw recordError('FIELD_INTEGRITY_EXCEPTION', message, ['LeadId', 'ContactId']);
    }
    const field = ContactId === undefined || ContactId === null ? 'LeadId' : 'ContactId';
    const present = org
      .store('CampaignMember')
      .having(field, values[field] ?? null)
      .some((member) => !member.IsDeleted && member.CampaignId === CampaignId);
    if (present) throw recordError('DUPLICATE_VALUE', 'Already a campaign member.');
  },

  Task: (_org, values, current) => {
    const who = present(values, current, 'WhoId');
    const what = present(values, current, 'WhatId');
    if (typeof who === 'string' && who.startsWith('00Q') && what !== null) {
      const message = 'Related To: A lead cannot be associated with a related object.';
      throw recordError('FIELD_INTEGRITY_EXCEPTION', message, ['WhatId']);
    }
  },
};

/** @throws SalesforceError of the one record */
export function checkObjectRules(org: Org, object: string, values: Values, current: Row | undefined): void {
  RULES[object]?.(org, values, current);
}

function present(values: Values, current: Row | undefined, field: string): Value {
  const value = values[field];
  return value === undefined ? (current?.[field] ?? null) : value;
}
