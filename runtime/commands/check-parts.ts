import type { Audience } from '@stackbridge/shared-mappers/connectors/mailchimp/audience.ts';
import { nearest } from '@stackbridge/shared-mappers/mapping/mapping-problem.ts';
import { checkRecipe } from '@stackbridge/shared-mappers/recipes/check-recipe.ts';
import type { RecipeReading } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import { byPlace, type RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import type { Session } from '../session.ts';
import { checkFilter } from './check-filter.ts';

/**
 * Everything that is wrong with a recipe that has faults of its own, or names an audience that is not there. The rest
 * is held against the accounts all the same: with the object and the audience most likely meant, and where nothing is
 * near, with only those findings that the missing side has no part in.
 */
export async function checkParts(reading: RecipeReading, session: Session): Promise<RecipeProblem[]> {
  const { legible, problems } = reading;
  const audiences = await session.audiences();
  const { audience, isGuess, fault } = audienceMeant(legible.audience, audiences);
  const own = [
    ...problems,
    ...(fault === undefined ? [] : [locatedAudience(fault, reading)]),
    ...(await checkFilter(reading, session)),
  ];
  if (audience === undefined) return own.sort(byPlace);
  const [salesforce, mailchimp] = await session.describe(legible.object ?? 'Contact', audience.id);
  const found = checkRecipe(reading, { salesforce, mailchimp })
    .filter((problem) => !problems.includes(problem))
    .filter(({ path }) => !isGuess || path.includes('salesforce'))
    .filter(({ path }) => legible.object !== undefined || path.includes('mailchimp'));
  return [...own, ...found].sort(byPlace);
}

interface Meant {
  readonly audience: Audience | undefined;
  /** Nothing like the name is there: another audience stands in, of which only the Salesforce side may be judged. */
  readonly isGuess: boolean;
  readonly fault?: Pick<RecipeProblem, 'message' | 'expected' | 'suggestion'>;
}

function audienceMeant(written: string | undefined, audiences: readonly Audience[]): Meant {
  const [first] = audiences;
  if (written === undefined) return { audience: first, isGuess: true };
  const named = audiences.filter(({ id, name }) => id === written || name.trim() === written.trim());
  if (named.length === 1) return { audience: named[0], isGuess: false };
  if (named.length > 1) {
    const ids = named.map(({ id }) => id).join(' or ');
    const message = `Several audiences are called ${written}`;
    return {
      audience: named[0],
      isGuess: false,
      fault: { message, suggestion: `Name one by its id: ${ids}` },
    };
  }
  const names = audiences.map(({ name }) => name);
  const near = nearest(written, names);
  const fault = {
    message: `Mailchimp has no audience ${written}`,
    expected: names.length === 0 ? 'an audience: there is none yet' : `one of ${names.join(', ')}`,
    suggestion: near === undefined ? 'Write the name or the id of an audience' : `Did you mean ${near}?`,
  };
  const audience = audiences.find(({ name }) => name === near);
  return { audience: audience ?? first, isGuess: audience === undefined, fault };
}

function locatedAudience(
  fault: Pick<RecipeProblem, 'message' | 'expected' | 'suggestion'>,
  { file, positions }: RecipeReading,
): RecipeProblem {
  const path = ['mailchimp', 'audience'];
  return { file, path: path.join('.'), ...positions.locate(path), code: 'RECIPE_INVALID', ...fault };
}
