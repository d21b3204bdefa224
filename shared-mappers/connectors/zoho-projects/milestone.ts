import { z } from 'zod';
import { plainText } from '../../model/billing/decimal.ts';
import type { Milestone } from '../../model/billing/project-work.ts';
import { calendarDate, instant } from './dates.ts';
import { firstText, Text, ZohoId } from './identity.ts';

const Flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .nullish()
  .catch(undefined);

const CustomFields = z
  .array(z.object({ api_name: Text, column_name: Text, label_name: Text, value: z.unknown() }))
  .catch([]);

/** A status is `{is_closed_type}` or `{closed}`; some answers have `status_type` or `is_completed` beside it. */
export const MilestoneRow = z.looseObject({
  id: ZohoId,
  name: z.string(),
  status: z.object({ is_closed_type: Flag, closed: Flag }).nullish().catch(undefined),
  status_type: Text,
  is_completed: Flag,
  completed_on: Text,
  completed_time: Text,
  last_modified_time: Text,
  last_updated_time: Text,
  custom_fields: CustomFields,
});
type MilestoneRow = z.infer<typeof MilestoneRow>;

/**
 * The day of closing is told by few portals. Nothing but an answer that says so makes a milestone closed or open.
 *
 * @param fixedAmountField API name of the custom field that holds an agreed amount: `cf_fixed_amount`
 */
export function toMilestone(
  row: MilestoneRow,
  projectId: string,
  fixedAmountField: string | undefined,
): Milestone {
  const said = isClosed(row);
  const closed = said === true;
  const closedOn = closed ? calendarDate(firstText(row.completed_on, row.completed_time)) : undefined;
  const modifiedAt = instant(firstText(row.last_modified_time, row.last_updated_time));
  return {
    id: row.id,
    projectId,
    name: row.name,
    closed,
    ...(said === undefined ? { closedFault: 'Zoho Projects does not say whether it is closed' } : {}),
    ...(closedOn === undefined ? {} : { closedOn }),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    ...(fixedAmountField === undefined ? {} : agreedAmount(row, fixedAmountField)),
  };
}

/** Undefined where the answer does not say, or in words nobody knows. */
function isClosed({ status, status_type, is_completed }: MilestoneRow): boolean | undefined {
  const byStatus = status?.is_closed_type ?? status?.closed;
  if (byStatus !== undefined && byStatus !== null) return byStatus;
  if (status_type === 'closed' || status_type === 'open') return status_type === 'closed';
  return is_completed ?? undefined;
}

/** One that cannot be read concerns its milestone alone. */
function agreedAmount(row: MilestoneRow, field: string): Pick<Milestone, 'fixedAmount' | 'amountFault'> {
  const own = row.custom_fields.find(({ api_name, column_name, label_name }) =>
    [api_name, column_name, label_name].includes(field),
  );
  const value = row[field] ?? own?.value ?? '';
  if (value === '') return {};
  const fixedAmount = typeof value === 'string' ? amountOf(value) : undefined;
  if (fixedAmount !== undefined) return { fixedAmount };
  return { amountFault: `its ${field} is no amount, as 1500 and 1,500.00 are` };
}

/**
 * `1500`, `1,500.00`, `1,50,000`, `$ 1,500`, `1500 AUD`. A comma for the decimal point is not guessed at: the digits
 * after the last one are three, or it is no amount. Nor is a negative one in brackets.
 */
function amountOf(text: string): Milestone['fixedAmount'] {
  const number = /^[^\d.,()-]*(-?(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)(?:\.\d+)?)[^\d.,()-]*$/.exec(
    text.trim(),
  )?.[1];
  return number === undefined ? undefined : plainText(number.replaceAll(',', ''));
}
