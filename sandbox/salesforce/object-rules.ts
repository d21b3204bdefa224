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
    takeStatus(org, values, current);
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

  CampaignMemberStatus: (org, values, current) => {
    if (values.Label === undefined) return;
    const others = statusesOf(org, present(values, current, 'CampaignId'));
    if (others.some((other) => other !== current && other.Label === values.Label)) {
      throw recordError('DUPLICATE_VALUE', 'A status of that label already exists.', ['Label']);
    }
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

/** A member's status is one of its campaign's, which also says whether it counts as a response. */
function takeStatus(org: Org, values: Values, current: Row | undefined): void {
  if (values.Status === undefined) return;
  const campaignId = present(values, current, 'CampaignId');
  const status = statusesOf(org, campaignId).find(({ Label }) => Label === values.Status);
  if (status === undefined) {
    const message = `Status: bad value for restricted picklist field: ${values.Status}`;
    throw recordError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, ['Status']);
  }
  values.HasResponded = status.HasResponded ?? false;
}

function statusesOf(org: Org, campaignId: Value): Row[] {
  return org
    .store('CampaignMemberStatus')
    .having('CampaignId', campaignId)
    .filter(({ IsDeleted }) => !IsDeleted);
}

/** What the server adds to a new record: a campaign begins with two statuses. */
export function completeNewRecord(org: Org, object: string, row: Row, userId: string): void {
  if (object !== 'Campaign') return;
  const store = org.store('CampaignMemberStatus');
  const add = (values: Values): void => {
    const status = store.insert({ CampaignId: row.Id, ...values }, org.stamp(), userId);
    org.onRollback(() => store.forget(status));
  };
  add({ Label: 'Sent', SortOrder: 1, IsDefault: true, HasResponded: false });
  add({ Label: 'Responded', SortOrder: 2, IsDefault: false, HasResponded: true });
}

/** @throws SalesforceError of the one record */
export function checkObjectRules(org: Org, object: string, values: Values, current: Row | undefined): void {
  RULES[object]?.(org, values, current);
}

function present(values: Values, current: Row | undefined, field: string): Value {
  const value = values[field];
  return value === undefined ? (current?.[field] ?? null) : value;
}
