import type { Project } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import type { ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import { StepFault } from '../errors/step-fault.ts';
import { allOf } from './all-of.ts';

/** The project chosen, or all of them. @throws StepFault where the account has no such project */
export async function projectsLookedAt(
  source: ProjectSource,
  projectId: string | undefined,
): Promise<readonly Project[]> {
  return chosenAmong(await allOf(source.projects()), projectId);
}

/** The project chosen, or all of them. @throws StepFault where it is none of them */
export function chosenAmong(projects: readonly Project[], projectId: string | undefined): readonly Project[] {
  if (projectId === undefined) return projects;
  const chosen = projects.filter(({ id }) => id === projectId);
  if (chosen.length > 0) return chosen;
  throw new StepFault('WRONG_INPUT', 'The Zoho account has no such project (any more): choose another.');
}
