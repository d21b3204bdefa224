import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import { z } from 'zod';
import type { NodeRun } from './n8n.ts';

const code = z.custom<ErrorCode>((given) => typeof given === 'string' && given in ERROR_CODES);

/** The code that an error of a node bears at the end of what it says; a node that is set up wrongly bears none. */
export function saidCode({ description }: NonNullable<NodeRun['error']>): ErrorCode {
  return code.parse(/\(([A-Z_]+)\)$/.exec(description)?.[1] ?? 'RECIPE_INVALID');
}
