import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { postDataInvalid } from './refusal.ts';
import { type CalendarDate, readDate } from './wire-time.ts';

/** What is null or absent is not given. */
function given<T>(schema: z.ZodType<T>) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** Text; numbers and booleans are taken for their spelling. */
export const Text = given(z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]));

/** A decimal number, also as text. */
export const DecimalNumber = given(
  z
    .union([
      z.number(),
      z.string().regex(/^\s*[+-]?\d+(\.\d*)?([eE][+-]?\d+)?\s*$/, 'Could not convert string to decimal'),
    ])
    .transform((value) => new Decimal(value)),
);

export const Flag = given(z.union([z.boolean(), z.stringbool()]));

/** A calendar date in any of the spellings Xero reads. */
export const DateInput = given(
  z.string().transform((text, context): CalendarDate => {
    const date = readDate(text);
    if (date !== undefined) return date;
    context.issues.push({
      code: 'custom',
      message: `Could not convert string to DateTime: ${text}`,
      input: text,
    });
    return z.NEVER;
  }),
);

export function listOf<T>(schema: z.ZodType<T>) {
  return given(z.array(schema));
}

export function nested<T>(schema: z.ZodType<T>) {
  return given(schema);
}

/** Reads one resource of a request. @throws Refusal when a value has the wrong type */
export function readInput<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = [path, ...(issue?.path ?? [])]
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .slice(1);
  throw postDataInvalid(`JSON for post data was invalid,${issue?.message ?? 'unreadable'}. Path '${where}'.`);
}
