import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import { z } from 'zod';

/** What came as JSON from outside of this step. */
export const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), z.json());
