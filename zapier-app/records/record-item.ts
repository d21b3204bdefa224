import type { FieldKind, FieldSchema } from '@stackbridge/shared-mappers/model/field-schema.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { RecordState, SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import { changeKey } from '@stackbridge/shared-mappers/sync/poll/changed-records.ts';
import type { PlainOutputField } from 'zapier-platform-core';

/** A record as a Zap sees it. */
export interface RecordItem {
  /** Changes with every change of the record, since Zapier shows a Zap each id only once. */
  readonly id: string;
  readonly recordId: string;
  readonly object: string;
  readonly state: RecordState;
  /** Where a merged or converted record lives on; empty for every other. */
  readonly successorId: string;
  /** ISO 8601, UTC. */
  readonly modifiedAt: string;
  /** The vendor's own names and values. */
  readonly fields: JsonObject;
}

export function recordItem(record: SourceRecord): RecordItem {
  const { id, object, state, successorId = '', modifiedAt, values } = record;
  return {
    id: changeKey(record),
    recordId: id,
    object,
    state,
    successorId,
    modifiedAt: new Date(modifiedAt).toISOString(),
    fields: values,
  };
}

export const RECORD_OUTPUT: readonly PlainOutputField[] = [
  { key: 'id', label: 'Change ID' },
  { key: 'recordId', label: 'Record ID' },
  { key: 'object', label: 'Kind of Record' },
  { key: 'state', label: 'State' },
  { key: 'successorId', label: 'ID of the Record It Became' },
  { key: 'modifiedAt', label: 'Modified At', type: 'datetime' },
  { key: 'record', label: 'Record for Sync Steps' },
];

const OUTPUT_TYPES: Readonly<Partial<Record<FieldKind, 'number' | 'boolean' | 'datetime'>>> = {
  number: 'number',
  boolean: 'boolean',
  datetime: 'datetime',
};

/** What a Zap shows of the vendor's fields, under the labels that people know them by. */
export function fieldOutputs(fields: readonly FieldSchema[]): PlainOutputField[] {
  return fields
    .filter(({ parts, setShape }) => parts === undefined && setShape === undefined)
    .map(({ path, label, kind }) => {
      const type = OUTPUT_TYPES[kind];
      return {
        key: ['fields', ...path].join('__'),
        label: label === '' ? (path.at(-1) ?? '') : label,
        ...(type === undefined ? {} : { type }),
      };
    });
}
