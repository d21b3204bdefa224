import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import { changeKey } from '@stackbridge/shared-mappers/sync/poll/changed-records.ts';
import type { PolledChange } from '@stackbridge/shared-mappers/sync/poll/cursor.ts';
import type { IDataObject } from 'n8n-workflow';

/** A changed person, by the names under which Stackbridge Contact Sync looks for whom to look at. */
export function personChange(record: SourceRecord): PolledChange<IDataObject> {
  const { id, object, state, successorId = '', modifiedAt, values } = record;
  const isMember = object === 'member';
  return {
    key: changeKey(record),
    at: modifiedAt,
    item: {
      ...(isMember ? { memberId: id } : { salesforceId: id }),
      email: String(values[isMember ? 'email_address' : 'Email'] ?? ''),
      object,
      // Archived members are told of as such; whoever is there has changed.
      event: state === 'live' ? 'changed' : state,
      successorId,
      modifiedAt: new Date(modifiedAt).toISOString(),
      fields: { ...values },
    },
  };
}
