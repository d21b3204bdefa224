import { z } from 'zod';
import { scenario } from './scenario.ts';
import { BARE_STEPS, step } from './step.ts';

/** JSON Schema 2020-12 of scenario files as they are written, for editors. Published as docs/schema/<file>. */
export function scenarioJsonSchemas(): Readonly<Record<string, object>> {
  const schema = z.toJSONSchema(scenario, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      // A step without details may be its name alone.
      if (zodSchema !== step) return;
      const written = { ...jsonSchema };
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      jsonSchema.anyOf = [{ enum: [...BARE_STEPS] }, { ...written, minProperties: 1, maxProperties: 1 }];
    },
  });
  return {
    'scenario-v1.json': {
      title:
        'Stackbridge scenario: what two systems hold, what happens, what they hold at the end, version 1',
      ...schema,
    },
  };
}
