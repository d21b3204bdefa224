import { writeFileSync } from 'node:fs';
import { recipeJsonSchemas } from '@stackbridge/shared-mappers/recipes/json-schema.ts';

for (const [file, schema] of Object.entries(recipeJsonSchemas())) {
  writeFileSync(new URL(`schema/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
