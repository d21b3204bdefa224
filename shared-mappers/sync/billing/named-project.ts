import { folded } from '../../mapping/people.ts';
import type { Project } from '../../model/billing/project-work.ts';

/** Whether a recipe means this project. @param wanted names, keys or ids; absent: all */
export function isNamed({ id, key, name }: Project, wanted: readonly string[] | undefined): boolean {
  return wanted?.some((one) => one === id || one === key || folded(one) === folded(name)) ?? true;
}
