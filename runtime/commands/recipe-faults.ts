import type { RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';

/** Recipes that cannot be run, with everything that is wrong with them. */
export class RecipeFaults extends Error {
  readonly problems: readonly RecipeProblem[];

  constructor(problems: readonly RecipeProblem[]) {
    super(problems.length === 1 ? 'The recipe has a fault' : `The recipes have ${problems.length} faults`);
    this.name = 'InvalidRecipe';
    this.problems = problems;
  }

  /** The recipe is sound, but an account no longer is as it needs it: a field hidden, shortened or taken away. */
  get areBrakes(): boolean {
    return this.problems.every(({ code }) => code.startsWith('BRAKE_'));
  }
}
