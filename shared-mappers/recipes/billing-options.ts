import { z } from 'zod';
import { USUAL_PREFIX } from '../plan/billing/usual-prefix.ts';
import { inlineAccountMap } from './account-map.ts';
import { calendarDate } from './decimal-text.ts';
import { duration } from './duration.ts';

const name = z.string().min(1);

/** Keys that billing recipes share, each a recipe's own to take up. */
export const billingOptions = {
  name: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'Write small letters, digits and single hyphens' })
    .describe('Names the recipe in runs, history and conflicts; small letters, digits, hyphens'),
  accounts: z
    .union([name, inlineAccountMap])
    .describe('The account map: its file, beside the recipe, or the tables themselves'),
  cutOver: calendarDate.describe(
    'First day that is billed this way, such as 2026-07-01; earlier work never is',
  ),
  status: z
    .enum(['draft', 'submitted', 'authorised'])
    .default('draft')
    .describe('What becomes of a new document. Default: draft'),
  contacts: z
    .enum(['match', 'create'])
    .default('match')
    .describe('A contact that Xero does not have: park the document, or create it. Default: match'),
  brakes: z
    .strictObject({
      shrink: z
        .strictObject({
          share: z.number().min(0).max(1).default(0.05).describe('Of what is billed. Default: 0.05'),
          atLeast: z.int().min(0).default(20).describe('Never stops below this number. Default: 20'),
        })
        .prefault({})
        .describe('What was billed and Zoho lists no longer: beyond this the run stops'),
    })
    .prefault({})
    .describe('How much may go in one run without anybody being asked'),
  historyNotes: z
    .boolean()
    .default(false)
    .describe(
      "Note in a document's history in Xero what was billed from where, at each write; one more call each. Default: false",
    ),
  patience: duration
    .prefault('15m')
    .describe("Longest wait for a system's limit before the run ends, to go on later. Default: 15m"),
} as const;

/** Where the work is. */
export const zohoPlace = {
  portal: name.exactOptional().describe('Id or name of the portal. Default: the only one'),
  organisation: name.exactOptional().describe('Id of the organisation of the books. Default: the only one'),
} as const;

export const dueRule = z.union([
  z.strictObject({ days: z.int().min(0).max(365).describe("Days after the document's date") }),
  z.strictObject({
    dayOfMonth: z.int().min(1).max(31).describe('The last day of a shorter month'),
    months: z.int().min(0).max(12).default(1).describe('So many months later. Default: 1'),
  }),
]);

/** Longest text of a template. */
export const template = z.string().max(1000);

/** @param ofWhat what the number goes on with */
export function numberPrefix(ofWhat: keyof typeof USUAL_PREFIX): z.ZodDefault<z.ZodString> {
  const otherwise = USUAL_PREFIX[ofWhat];
  return z
    .string()
    .regex(/^[A-Za-z0-9]{1,20}$/, { error: 'Write up to 20 letters and digits' })
    .default(otherwise)
    .describe(`Document numbers begin with it, then the id of the ${ofWhat}. Default: ${otherwise}`);
}
