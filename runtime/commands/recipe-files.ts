import { readFile } from 'node:fs/promises';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { type RecipeReading, readRecipe } from '@stackbridge/shared-mappers/recipes/read-recipe.ts';
import type { RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';

/** @throws StackbridgeError `RECIPE_INVALID` when a file cannot be read */
export async function readRecipeFiles(files: readonly string[]): Promise<RecipeReading[]> {
  const readings = await Promise.all(files.map(async (file) => readRecipe(await textOf(file), file)));
  const twice = namesakes(readings);
  return readings.map((reading) => {
    const problem = twice.get(reading);
    if (problem === undefined) return reading;
    const { recipe: _, ...rest } = reading;
    return { ...rest, problems: [problem] };
  });
}

/** Two recipes of one name would share their watermarks and their history. */
function namesakes(readings: readonly RecipeReading[]): Map<RecipeReading, RecipeProblem> {
  const first = new Map<string, RecipeReading>();
  const problems = new Map<RecipeReading, RecipeProblem>();
  for (const reading of readings) {
    const name = reading.recipe?.name;
    if (name === undefined) continue;
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, reading);
      continue;
    }
    problems.set(reading, {
      file: reading.file,
      path: 'name',
      ...reading.positions.locate(['name']),
      code: 'RECIPE_INVALID',
      message: `${other.file} is called ${name}, too`,
      suggestion: 'Give each recipe a name of its own',
    });
  }
  return problems;
}

/** @throws StackbridgeError `RECIPE_INVALID` when it cannot be read */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const message = missing ? `There is no file ${file}` : `${file} cannot be read`;
    const next = 'Name a file that is there and may be read, by its path as seen from this folder';
    throw new StackbridgeError('RECIPE_INVALID', message, { cause, next });
  }
}
