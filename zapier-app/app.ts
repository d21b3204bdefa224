import { SIGN_IN_SYSTEMS } from '@stackbridge/credentials/systems.ts';
import { defineApp } from 'zapier-platform-core';
import { mailchimpAudiences } from './dropdowns/mailchimp-audiences.ts';
import { salesforceFields } from './dropdowns/salesforce-fields.ts';
import { type PresetInput, preset } from './preset.ts';
import { mailchimpMember } from './searches/mailchimp-member.ts';
import { salesforceRecord } from './searches/salesforce-record.ts';
import { authenticationFor } from './sign-in/authentication.ts';

export function createApp(given: PresetInput = {}) {
  preset.parse(given);
  return defineApp({
    version: '0.1.0',
    platformVersion: '19.1.0',
    // The core reads what a "too many calls" says, and turns it into Zapier's own error (errors/platform-error.ts).
    flags: { throwForThrottlingEarly: false },
    authentication: authenticationFor(SIGN_IN_SYSTEMS),
    triggers: {
      [mailchimpAudiences.key]: mailchimpAudiences,
      [salesforceFields.key]: salesforceFields,
    },
    searches: {
      [mailchimpMember.key]: mailchimpMember,
      [salesforceRecord.key]: salesforceRecord,
    },
  });
}
