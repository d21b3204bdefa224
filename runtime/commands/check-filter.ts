import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { RecipeReading } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import type { RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import type { Session } from '../session.ts';

/** Past every record's last change: asking for what changed since then has Salesforce read the filter and no record. */
const FUTURE_MS = 366 * 86_400_000;

/** Has Salesforce read the recipe's SOQL condition: only the org can tell whether it is one. */
export async function checkFilter(
  { file, legible, positions }: RecipeReading,
  { clock, salesforceOf }: Pick<Session, 'clock' | 'salesforceOf'>,
): Promise<RecipeProblem[]> {
  const { object, filter } = legible;
  if (object === undefined || filter === undefined) return [];
  const connector = await salesforceOf(object, filter);
  try {
    for await (const _page of connector.readChanges(clock.now() + FUTURE_MS, [])) break;
    return [];
  } catch (error) {
    if (!(error instanceof StackbridgeError)) throw error;
    const { code } = error;
    if (code !== 'RECIPE_INVALID' && code !== 'BRAKE_FIELD_MISSING') throw error;
    const path = ['salesforce', 'filter'];
    // A parser's list of everything it would have taken instead helps nobody.
    const [said = ''] = error.message.split('\n');
    return [
      {
        file,
        path: path.join('.'),
        ...positions.locate(path),
        code,
        message: `Salesforce does not accept the filter: ${said}`,
        expected: 'what stands after WHERE in a SOQL query',
        suggestion: "Try it in the Developer Console first, such as MailingCountry = 'France'",
      },
    ];
  }
}
