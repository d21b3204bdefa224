import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';

/** The ready recipe for contacts: what is measured is what a user gets. */
export const CONTACTS_RECIPE = fileURLToPath(new URL('../../recipes/contacts.yaml', import.meta.url));

/** Writes the ready recipe with another threshold for Bulk 2.0. */
export async function writeRecipe(file: string, bulkThreshold: number): Promise<string> {
  const recipe = parseDocument(readFileSync(CONTACTS_RECIPE, 'utf8'));
  recipe.setIn(['salesforce', 'bulkThreshold'], bulkThreshold);
  await writeFile(file, recipe.toString());
  return file;
}
