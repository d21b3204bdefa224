import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { Phase } from '@stackbridge/shared-mappers/ports/progress.ts';

export interface PhaseLabel {
  readonly label: string;
  /** The system whose calls the phase makes, where it is one. */
  readonly system?: SystemName;
}

export type PhaseLabels = Readonly<Record<Phase, PhaseLabel>>;

/** What a contact run is doing, in words. */
export const PHASE_LABELS: PhaseLabels = {
  describe: { label: 'Reading schemas' },
  'read-left': { label: 'Reading Salesforce', system: 'salesforce' },
  'read-right': { label: 'Reading Mailchimp', system: 'mailchimp' },
  match: { label: 'Matching' },
  plan: { label: 'Planning' },
  'write-left': { label: 'Writing Salesforce', system: 'salesforce' },
  'write-right': { label: 'Writing Mailchimp', system: 'mailchimp' },
};

/** What a billing run is doing, in words. */
export const BILLING_LABELS: PhaseLabels = {
  ...PHASE_LABELS,
  describe: { label: 'Reading the chart of accounts', system: 'xero' },
  'read-left': { label: 'Reading Zoho', system: 'zoho-projects' },
  'read-right': { label: 'Looking up Xero', system: 'xero' },
  'write-right': { label: 'Writing Xero', system: 'xero' },
};

/** What an activity run is doing, in words. */
export const ACTIVITY_LABELS: PhaseLabels = {
  ...PHASE_LABELS,
  'read-right': { label: 'Reading reports', system: 'mailchimp' },
  plan: { label: 'Finding people', system: 'salesforce' },
};
