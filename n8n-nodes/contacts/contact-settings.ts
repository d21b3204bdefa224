import { BRAKES, type BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { MailchimpSignIn } from '../connection/mailchimp.ts';
import { readParameters } from '../parameters.ts';
import { nodeRecipe } from './node-recipe.ts';

/** What every node that syncs contacts is told, for the whole of an execution. */
export interface ContactSettings {
  readonly recipe: ContactSyncRecipe;
  readonly signIn: MailchimpSignIn;
  readonly preview: boolean;
  readonly allow: readonly BrakeName[];
  readonly withSummary: boolean;
}

const filled = z.object({
  operation: z.enum(['sync', 'preview', 'resolve']),
  mailchimpAuthentication: z.enum(['apiKey', 'oAuth2']),
  options: z
    .object({ allow: z.array(z.enum(BRAKES)).default([]), summary: z.boolean().default(false) })
    .prefault({}),
});

export function contactSettings(context: IExecuteFunctions): ContactSettings {
  const { operation, mailchimpAuthentication, options } = readParameters(context, filled, 0);
  return {
    recipe: nodeRecipe(context),
    signIn: mailchimpAuthentication,
    preview: operation === 'preview',
    allow: options.allow,
    withSummary: options.summary,
  };
}
