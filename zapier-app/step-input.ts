import type { z } from 'zod';
import { StepFault } from './errors/step-fault.ts';

/** What the user filled in, as the step expects it. @throws StepFault that names the fields at fault, never a value */
export function readInput<Input>(shape: z.ZodType<Input>, given: unknown): Input {
  const read = shape.safeParse(given ?? {});
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
  throw new StepFault('WRONG_INPUT', `The step is not filled in as it must be. ${faults.join('; ')}`);
}
