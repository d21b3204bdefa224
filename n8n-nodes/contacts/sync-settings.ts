import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Side } from '@stackbridge/shared-mappers/model/side.ts';
import { BRAKES, type BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { MailchimpSignIn } from '../connection/mailchimp.ts';
import { readParameters } from '../parameters.ts';
import { readNodeRecipe } from './node-recipe.ts';

/** What is filled in for the whole of an execution. */
export interface SyncSettings {
  readonly recipe: ContactSyncRecipe;
  readonly signIn: MailchimpSignIn;
  readonly lookAt: 'items' | 'changes' | 'everything';
  /** Only with `changes`. */
  readonly since?: Readonly<Record<Side, Instant>>;
  readonly preview: boolean;
  readonly allow: readonly BrakeName[];
  readonly withSummary: boolean;
}

const moment = z
  .string()
  .transform((text) => Date.parse(text))
  .refine((at) => Number.isFinite(at), { error: 'must be a date and time' });

const filled = z.object({
  operation: z.enum(['sync', 'preview']),
  mailchimpAuthentication: z.enum(['apiKey', 'oAuth2']),
  recipe: z.string().min(1),
  lookAt: z.enum(['items', 'changes', 'everything']),
  since: z.unknown().optional(),
  options: z.object({
    allow: z.array(z.enum(BRAKES)).default([]),
    summary: z.boolean().default(false),
  }),
});

export function readSyncSettings(context: IExecuteFunctions): SyncSettings {
  const { operation, mailchimpAuthentication, recipe, lookAt, since, options } = readParameters(
    context,
    filled,
    0,
  );
  const at = lookAt === 'changes' ? moment.parse(since) : undefined;
  return {
    recipe: readNodeRecipe(recipe),
    signIn: mailchimpAuthentication,
    lookAt,
    ...(at === undefined ? {} : { since: { left: at, right: at } }),
    preview: operation === 'preview',
    allow: options.allow,
    withSummary: options.summary,
  };
}
