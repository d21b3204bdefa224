import { z } from 'zod';

/** A person's name in a scenario: `ada`, `ada-at-work`, or one of a crowd: `p17`. */
export const handle = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, { error: 'Write small letters, digits and single hyphens' });

const RANGE = /^([a-z][a-z-]*)(\d+)\.\.\1(\d+)$/;

/** One or several people: `ada`, `[ada, grace]`, or `p1..p99`. */
export const handles = z.union([
  z.string().regex(/^[a-z][a-z0-9-]*(\.\.[a-z][a-z0-9-]*)?$/, {
    error: 'Write a name such as ada, or a range such as p1..p99',
  }),
  z.array(handle).min(1),
]);
export type Handles = z.infer<typeof handles>;

/** Spells a range out. */
export function namesIn(who: Handles): readonly string[] {
  if (typeof who !== 'string') return who;
  const [, stem = '', first = '', last = ''] = RANGE.exec(who) ?? [];
  if (stem === '') return [who];
  const names: string[] = [];
  for (let n = Number(first); n <= Number(last); n++) names.push(`${stem}${n}`);
  return names;
}
