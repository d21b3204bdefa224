import { writeFileSync } from 'node:fs';
import { recipeJsonSchemas } from '@stackbridge/shared-mappers/recipes/json-schema.ts';
import { scenarioJsonSchemas } from 'stackbridge/scenarios/json-schema.ts';

for (const [file, schema] of Object.entries({ ...recipeJsonSchemas(), ...scenarioJsonSchemas() })) {
  writeFileSync(new URL(`schema/${file}`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
