/** What a run does to the outside: calls of a system, or commits of its own state. */
export type IoKind =
  | 'salesforce-read'
  | 'salesforce-write'
  | 'mailchimp-read'
  | 'mailchimp-write'
  | 'billing-read'
  | 'billing-write'
  | 'store';

/** How a scenario names operations. `any` is each of the kinds below. */
export const CUT_KINDS = [
  'any',
  'salesforce-read',
  'salesforce-write',
  'mailchimp-read',
  'mailchimp-write',
  'store',
] as const;
/** Those of billing recipes stand in scenarios of their own kind. */
export type CutKind = (typeof CUT_KINDS)[number] | 'billing-read' | 'billing-write';
