import type { RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';

/** Recipes that cannot be run, with everything that is wrong with them. */
export class RecipeFaults extends Error {
  readonly problems: readonly RecipeProblem[];
  /**
   * A run was asked for, and the recipe is sound but for what an account no longer gives: a field hidden, shortened or
   * taken away. That stops the run as any brake does.
   */
  readonly areBrakes: boolean;

  constructor(problems: readonly RecipeProblem[], purpose: 'preview' | 'run') {
    super(problems.length === 1 ? 'The recipe has a fault' : `The recipes have ${problems.length} faults`);
    this.name = 'InvalidRecipe';
    this.problems = problems;
    this.areBrakes = purpose === 'run' && problems.every(({ code }) => code.startsWith('BRAKE_'));
  }
}
