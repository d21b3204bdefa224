import { parsedJson } from '@stackbridge/shared-mappers/model/parsed-json.ts';
import type { HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import type { z } from 'zod';

/** The body of a 200 in the expected shape; undefined for every other answer. */
export function jsonAnswer<Shape>(answer: HttpResponse, shape: z.ZodType<Shape>): Shape | undefined {
  if (answer.status !== 200) return undefined;
  return shape.safeParse(parsedJson(answer.body)).data;
}
