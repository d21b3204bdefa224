import type { Policy } from '../mapping/compiled-rule.ts';
import type { ConsentDefinition, MatchDefinition, RuleDefinition } from '../mapping/rule-definition.ts';
import type { ContactSyncRecipe } from './contact-sync.ts';
import type { FieldRule } from './field-rule.ts';

/** Salesforce is the left side, Mailchimp the right. */
const DIRECTIONS = { both: 'both', 'to-mailchimp': 'to-right', 'to-salesforce': 'to-left' } as const;

const POLICIES: Readonly<Record<NonNullable<FieldRule['policy']>, Policy>> = {
  salesforce: 'left',
  mailchimp: 'right',
  newest: 'newest',
  'non-empty': 'non-empty',
  union: 'union',
  review: 'review',
};

export type RuleDefaults = Pick<ContactSyncRecipe, 'keepNonEmpty' | 'toleranceMs'>;

/** The rule that stands at `fields[at]`, with the recipe's defaults for what it leaves open. */
export function ruleDefinition(rule: FieldRule, at: number, defaults: RuleDefaults): RuleDefinition {
  return {
    path: ['fields', at],
    name: rule.name,
    left: rule.salesforce,
    right: rule.mailchimp,
    type: rule.type,
    direction: DIRECTIONS[rule.direction],
    policy: rule.policy === undefined ? undefined : POLICIES[rule.policy],
    drift: rule.drift,
    keepNonEmpty: rule.keepNonEmpty ?? defaults.keepNonEmpty,
    toleranceMs: rule.tolerance ?? defaults.toleranceMs,
    tooLong: rule.tooLong,
    default: rule.default,
    region: rule.region,
    lookup: rule.lookup,
  };
}

export function consentDefinition(consent: ContactSyncRecipe['consent']): ConsentDefinition | undefined {
  return consent === undefined
    ? undefined
    : {
        path: ['consent'],
        optOut: consent.salesforce,
        closedBy: consent.closedBy,
        statusField: consent.statusField,
      };
}

export function matchDefinitions(match: ContactSyncRecipe['match']): MatchDefinition[] {
  return match.map((key) => (key === 'email' ? key : { left: key.salesforce, right: key.mailchimp }));
}
