import type { MilestoneWork } from '@stackbridge/shared-mappers/plan/billing/milestone-facts.ts';
import { printOf } from './print.ts';

/** Another one whenever something has changed that an invoice is made of. */
export function workPrint({ project, milestone, logs, expenses }: MilestoneWork): string {
  return printOf([project, said(milestone), logs.map(textOf).sort(), expenses.map(textOf).sort()]);
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
