import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { Phase } from '@stackbridge/shared-mappers/ports/progress.ts';

interface PhaseLabel {
  readonly label: string;
  /** The system whose calls the phase makes, where it is one. */
  readonly system?: SystemName;
}

/** What a contact run is doing, in words. */
export const PHASE_LABELS: Readonly<Record<Phase, PhaseLabel>> = {
  describe: { label: 'Reading schemas' },
  'read-left': { label: 'Reading Salesforce', system: 'salesforce' },
  'read-right': { label: 'Reading Mailchimp', system: 'mailchimp' },
  match: { label: 'Matching' },
  plan: { label: 'Planning' },
  'write-left': { label: 'Writing Salesforce', system: 'salesforce' },
  'write-right': { label: 'Writing Mailchimp', system: 'mailchimp' },
};
