import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { MappingProblem } from '@stackbridge/shared-mappers/mapping/mapping-problem.ts';

/** @param what the recipe does not fit */
export function unfitRecipe(problems: readonly MappingProblem[], what: string): StackbridgeError {
  const said = problems.map(({ message, suggestion }) =>
    suggestion ? `${message} (${suggestion})` : message,
  );
  return new StackbridgeError(
    problems[0]?.code ?? 'RECIPE_INVALID',
    `The recipe does not fit ${what}. ${said.join('; ')}`,
  );
}
