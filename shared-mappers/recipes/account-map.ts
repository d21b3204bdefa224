import { z } from 'zod';
import type { AccountMap } from '../mapping/account-map.ts';
import { calendarDate, decimalText } from './decimal-text.ts';

const name = z.string().min(1);
const code = z.union([name, z.int()]).transform(String).describe('Code of an account in Xero');

const target = z.strictObject({
  account: code,
  tax: name.exactOptional().describe("Tax type or name of a tax rate. Default: the account's own"),
  tracking: z.record(name, name).exactOptional().describe('Tracking category -> option'),
});

const expense = target.extend({
  charge: target.exactOptional().describe("Where the charge goes on the customer's invoice"),
});

const rate = z.strictObject({
  person: name.exactOptional().describe('E-mail address, name or id'),
  task: name.exactOptional().describe('Name or id'),
  project: name.exactOptional().describe('Name, key or id'),
  role: name.exactOptional().describe('As `people` gives it'),
  from: calendarDate.exactOptional().describe('First day'),
  until: calendarDate.exactOptional().describe('Last day'),
  rate: decimalText.describe('Per hour, up to 4 places'),
  currency: name.exactOptional().describe('For documents in this currency only'),
});

const person = z.strictObject({
  role: name.exactOptional().describe('For rates by role'),
  user: name.exactOptional().describe('User of Xero Projects: e-mail address or id'),
  employee: name.exactOptional().describe('Payroll employee: e-mail address or id'),
  earningsRate: name.exactOptional().describe('Payroll earnings rate: name or id'),
  contact: name.exactOptional().describe("Contact that the person's own expenses are owed to"),
});

const trackingRule = z.strictObject({
  category: name.describe('Tracking category in Xero'),
  by: z.enum(['project', 'project-category', 'person', 'milestone', 'customer']),
  options: z.record(name, name).exactOptional().describe('Name -> option'),
  same: z.boolean().exactOptional().describe('A name that is not listed is the option itself'),
  otherwise: name.exactOptional().describe('Option for what is not listed'),
});

const tables = z.strictObject({
  time: target.exactOptional().describe('Where billable hours go'),
  fixed: target.exactOptional().describe('Where agreed amounts go. Default: as `time`'),
  categories: z.record(name, target).exactOptional().describe('Hours by project category'),
  expenses: z.record(name, expense).exactOptional().describe('By expense account of the books'),
  taxes: z
    .record(name, z.strictObject({ sales: name.exactOptional(), purchases: name.exactOptional() }))
    .exactOptional()
    .describe('By name or id of a tax of the books'),
  rates: z.array(rate).exactOptional().describe('What an hour costs; the most specific row wins'),
  people: z.record(name, person).exactOptional().describe('By e-mail address or id'),
  tracking: z.array(trackingRule).exactOptional().describe('Which option a line carries'),
  paidThrough: z
    .record(name, code)
    .exactOptional()
    .describe('Account that paid, as the books name it -> code or id of a bank account'),
  sales: z.record(name, target).exactOptional().describe("By account of the books' invoice lines"),
});

/** An account map inside a recipe. */
export const inlineAccountMap = tables;

/** A file of its own, named by the recipes that share it. */
export const accountMapFile = z
  .strictObject({ map: z.literal('account-map/v1'), ...tables.shape })
  .transform(({ map: _, ...tables }): AccountMap => tables);
