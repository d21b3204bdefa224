import { z } from 'zod';
import type { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { elementError } from './errors.ts';

const Reason = z.object({ Message: z.string().default('') });

/** What every element of a batch's answer says of itself (`summarizeErrors=false`). */
const Element = z.object({
  StatusAttributeString: z.string().nullish(),
  HasErrors: z.boolean().nullish(),
  HasValidationErrors: z.boolean().nullish(),
  ValidationErrors: z.array(Reason).nullish(),
  Warnings: z.array(Reason).nullish(),
});

/** Why an element of a batch was refused; undefined where it was not. */
export function refusalOfElement(element: unknown): StackbridgeError | undefined {
  const read = Element.safeParse(element).data;
  if (read === undefined) return undefined;
  const { StatusAttributeString, HasErrors, HasValidationErrors, ValidationErrors } = read;
  const reasons = (ValidationErrors ?? []).map(({ Message }) => Message);
  const isRefused =
    StatusAttributeString === 'ERROR' ||
    HasErrors === true ||
    HasValidationErrors === true ||
    reasons.length > 0;
  return isRefused ? elementError(reasons) : undefined;
}

export function warningsOfElement(element: unknown): string[] {
  return (Element.safeParse(element).data?.Warnings ?? []).map(({ Message }) => Message);
}
