import { textOf } from '../mapping/codecs/tidy-text.ts';
import { readerAt, writerAt } from '../mapping/json-path.ts';
import type { Schemas } from '../mapping/schemas.ts';
import type { FieldSchema } from '../model/field-schema.ts';
import type { Side } from '../model/side.ts';
import type { Mark, RecordMarks } from '../plan/record-marks.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';

/** Where the records carry what a host without a store has to know; undefined where the store keeps it. */
export function recordMarks({ base }: ContactSyncRecipe, schemas: Schemas): RecordMarks | undefined {
  if (base === 'store') return undefined;
  const stamp = marksIn(base, schemas);
  if (stamp === undefined) return undefined;
  const partner = base.partner === undefined ? undefined : marksIn(base.partner, schemas);
  return partner === undefined ? { stamp } : { stamp, partner };
}

interface FieldPair {
  readonly salesforce: string;
  readonly mailchimp: string;
}

function marksIn({ salesforce, mailchimp }: FieldPair, schemas: Schemas): Record<Side, Mark> | undefined {
  const left = schemas.left.fields.get(salesforce);
  const right = schemas.right.fields.get(mailchimp);
  return left === undefined || right === undefined ? undefined : { left: markAt(left), right: markAt(right) };
}

export function markAt({ name, path }: FieldSchema): Mark {
  const read = readerAt(path);
  const put = writerAt(path);
  return {
    field: name,
    read: (values) => textOf(read(values)),
    write: (text, payload) => put(payload, text),
  };
}
