import { z } from 'zod';
import { activityScenario, activityStep, BARE_ACTIVITY_STEPS } from './activity/activity-scenario.ts';
import { BARE_BILLING_STEPS, billingScenario, billingStep } from './billing/billing-scenario.ts';
import { scenario } from './scenario.ts';
import { BARE_STEPS, step } from './step.ts';

/** JSON Schema 2020-12 of scenario files as they are written, for editors. Published as docs/schema/<file>. */
export function scenarioJsonSchemas(): Readonly<Record<string, object>> {
  return {
    'scenario-v1.json': {
      title:
        'Stackbridge scenario: what two systems hold, what happens, what they hold at the end, version 1',
      ...schemaOf(scenario, step, BARE_STEPS),
    },
    'scenario-activity-v1.json': {
      title: 'Stackbridge scenario of campaign activity, version 1',
      ...schemaOf(activityScenario, activityStep, BARE_ACTIVITY_STEPS),
    },
    'scenario-billing-v1.json': {
      title: 'Stackbridge scenario of a billing recipe, version 1',
      ...schemaOf(billingScenario, billingStep, BARE_BILLING_STEPS),
    },
  };
}

/** A step without details may be its name alone. */
function schemaOf(file: z.core.$ZodTypes, step: z.core.$ZodTypes, bare: readonly string[]): object {
  return z.toJSONSchema(file, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== step) return;
      const written = { ...jsonSchema };
      for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
      jsonSchema.anyOf = [{ enum: [...bare] }, { ...written, minProperties: 1, maxProperties: 1 }];
    },
  });
}
