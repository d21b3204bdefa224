import { fingerprint, fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { MilestoneWork } from '@stackbridge/shared-mappers/plan/billing/milestone-facts.ts';

/** No secret: it only tells one state of a milestone's work from another. */
const KEY = fingerprintKey('00000000000000000000000000000000');

/** Another one whenever something has changed that an invoice is made of. */
export function workPrint({ project, milestone, logs, expenses }: MilestoneWork): string {
  return fingerprint(
    KEY,
    JSON.stringify([project, said(milestone), logs.map(textOf).sort(), expenses.map(textOf).sort()]),
  );
}

function textOf(record: { readonly modifiedAt?: number }): string {
  return JSON.stringify(said(record));
}

/** That somebody saved it anew changes nothing. */
function said<Record extends { readonly modifiedAt?: number }>({
  modifiedAt: _,
  ...rest
}: Record): Omit<Record, 'modifiedAt'> {
  return rest;
}
