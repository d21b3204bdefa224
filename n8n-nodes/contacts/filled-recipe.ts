import type { ContactSyncInput } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { readParameters } from '../parameters.ts';

const direction = z.enum(['both', 'to-mailchimp', 'to-salesforce']);
const written = z.string().optional();

const filled = z.object({
  personObject: z.enum(['Contact', 'Lead']),
  audience: z.union([
    z.string().min(1),
    z.object({ value: z.string().min(1, { error: 'choose an audience' }) }).transform(({ value }) => value),
  ]),
  direction,
  fieldMap: z.object({ value: z.record(z.string(), z.string().nullable()).nullable() }),
  rules: z.object({
    rule: z
      .array(
        z.object({
          field: z.string().min(1),
          direction: direction.optional(),
          policy: z.enum(['salesforce', 'mailchimp', 'newest', 'non-empty', 'union', 'review']).optional(),
          keepNonEmpty: z.boolean().optional(),
        }),
      )
      .default([]),
  }),
  create: z.array(z.enum(['salesforce', 'mailchimp'])),
  consentField: z.string(),
  base: z.enum(['records', 'nothing']),
  stamps: z
    .object({
      stampField: z.string().default('Stackbridge_Stamp__c'),
      stampMergeField: z.string().default('SBSTAMP'),
      partnerField: z.string().default('Mailchimp_Contact_Id__c'),
      partnerMergeField: z.string().default('SFID'),
    })
    .prefault({}),
  moreRules: z.object({
    externalId: written,
    filter: written,
    newMembers: z.enum(['subscribed', 'pending', 'transactional']).optional(),
    deletedInMailchimp: z.enum(['keep', 'opt-out']).optional(),
    deletedInSalesforce: z.enum(['archive', 'unsubscribe', 'keep']).optional(),
    resubscribe: z.enum(['honour', 'review', 'keep-out']).optional(),
    owner: z.enum(['oldest', 'newest', 'review']).optional(),
  }),
});

/** The recipe as it is filled in, in the words of the recipe itself. Defaults are left to it. */
export function filledRecipe(context: IExecuteFunctions): ContactSyncInput {
  const given = readParameters(context, filled, 0);
  const { filter, externalId, newMembers, owner, deletedInSalesforce, deletedInMailchimp, resubscribe } =
    given.moreRules;
  const ruleOf = new Map(given.rules.rule.map(({ field, ...rule }) => [field, rule]));
  return {
    recipe: 'contact-sync/v1',
    name: 'n8n',
    salesforce: {
      object: given.personObject,
      ...(filter ? { filter } : {}),
      ...(externalId ? { externalId } : {}),
    },
    mailchimp: { audience: given.audience },
    create: {
      salesforce: given.create.includes('salesforce'),
      mailchimp: given.create.includes('mailchimp'),
    },
    fields: Object.entries(given.fieldMap.value ?? {}).flatMap(([mailchimp, salesforce]) =>
      salesforce ? [{ mailchimp, salesforce, direction: given.direction, ...ruleOf.get(mailchimp) }] : [],
    ),
    base: given.base === 'nothing' ? 'store' : marksIn(given.stamps),
    deletes: {
      ...(deletedInSalesforce ? { inSalesforce: deletedInSalesforce } : {}),
      ...(deletedInMailchimp ? { inMailchimp: deletedInMailchimp } : {}),
    },
    ...(given.consentField === ''
      ? {}
      : { consent: { salesforce: given.consentField, ...(resubscribe ? { resubscribe } : {}) } }),
    ...(newMembers ? { newMembers } : {}),
    ...(owner ? { owner } : {}),
  };
}

function marksIn({
  stampField,
  stampMergeField,
  partnerField,
  partnerMergeField,
}: z.infer<typeof filled>['stamps']): ContactSyncInput['base'] {
  return {
    salesforce: stampField,
    mailchimp: stampMergeField,
    partner: { salesforce: partnerField, mailchimp: partnerMergeField },
  };
}
