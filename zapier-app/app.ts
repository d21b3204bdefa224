import { SIGN_IN_SYSTEMS, type SignInSystem } from '@stackbridge/credentials/systems.ts';
import { defineApp, type Hydrators } from 'zapier-platform-core';
import { mailchimpLeave } from './creates/mailchimp-leave.ts';
import { resolveConflict } from './creates/resolve-conflict.ts';
import { salesforceCampaignActivity } from './creates/salesforce-campaign-activity.ts';
import { syncCreate } from './creates/sync-create.ts';
import { xeroAnswerDifference } from './creates/xero-answer-difference.ts';
import { xeroExpense } from './creates/xero-expense.ts';
import { xeroGone } from './creates/xero-gone.ts';
import { xeroMilestoneInvoice } from './creates/xero-milestone-invoice.ts';
import { xeroTimeEntry } from './creates/xero-time-entry.ts';
import { xeroZohoInvoice } from './creates/xero-zoho-invoice.ts';
import { mailchimpAudiences } from './dropdowns/mailchimp-audiences.ts';
import { salesforceFields } from './dropdowns/salesforce-fields.ts';
import { xeroOrganisationChoices } from './dropdowns/xero-organisations.ts';
import { zohoProjectChoices } from './dropdowns/zoho-projects.ts';
import { withFixedRecipe } from './fields/fixed-recipe.ts';
import { hydrateExpense, hydrateExpenseDetail, hydrateReceipt } from './hydrators/zoho-expense.ts';
import { hydrateInvoice, hydrateInvoiceDetail } from './hydrators/zoho-invoice.ts';
import { type Preset, type PresetInput, preset } from './preset.ts';
import { findOrSyncMember, findOrSyncRecord } from './searches/find-or-sync.ts';
import { mailchimpMember } from './searches/mailchimp-member.ts';
import { salesforceRecord } from './searches/salesforce-record.ts';
import { xeroAccount } from './searches/xero-account.ts';
import { xeroContact } from './searches/xero-contact.ts';
import { xeroInvoice } from './searches/xero-invoice.ts';
import { zohoExpense } from './searches/zoho-expense.ts';
import { zohoInvoice } from './searches/zoho-invoice.ts';
import { zohoMilestone } from './searches/zoho-milestone.ts';
import { authenticationFor } from './sign-in/authentication.ts';
import { mailchimpCampaignActivity } from './triggers/mailchimp-campaign-activity.ts';
import { mailchimpMemberChanged } from './triggers/mailchimp-member-changed.ts';
import { mailchimpMemberTold } from './triggers/mailchimp-member-told.ts';
import { mailchimpUnsubscribed } from './triggers/mailchimp-unsubscribed.ts';
import { salesforceRecordChanged } from './triggers/salesforce-record-changed.ts';
import { salesforceRecordRemoved } from './triggers/salesforce-record-removed.ts';
import { xeroInvoiceUpdated } from './triggers/xero-invoice-updated.ts';
import { zohoBooksListed } from './triggers/zoho-books-listed.ts';
import { zohoExpenseRecorded } from './triggers/zoho-expense-recorded.ts';
import { zohoInvoiceCreated } from './triggers/zoho-invoice-created.ts';
import { zohoMilestoneCompleted } from './triggers/zoho-milestone-completed.ts';
import { zohoTimeApproved } from './triggers/zoho-time-approved.ts';
import { zohoTimeChanged } from './triggers/zoho-time-changed.ts';

const contactSteps = (preset: Preset) =>
  ({
    systems: ['salesforce', 'mailchimp'],
    triggers: [
      salesforceRecordChanged(preset),
      salesforceRecordRemoved(preset),
      mailchimpMemberChanged(preset),
      mailchimpMemberTold(preset),
      mailchimpUnsubscribed,
      mailchimpCampaignActivity,
      salesforceFields,
      mailchimpAudiences,
    ],
    searches: [salesforceRecord(preset), mailchimpMember(preset)],
    searchOrCreates: [findOrSyncRecord, findOrSyncMember],
    creates: [
      syncCreate('mailchimp', preset),
      syncCreate('salesforce', preset),
      resolveConflict(preset),
      mailchimpLeave,
      withFixedRecipe(salesforceCampaignActivity, preset.activity),
    ],
    hydrators: {},
  }) as const satisfies Part;

const billingSteps = (preset: Preset) =>
  ({
    systems: ['zoho', 'xero'],
    triggers: [
      withFixedRecipe(zohoMilestoneCompleted, preset.milestones),
      withFixedRecipe(zohoTimeChanged, preset.time),
      zohoTimeApproved,
      withFixedRecipe(zohoExpenseRecorded, preset.expenses),
      withFixedRecipe(zohoInvoiceCreated, preset.invoices),
      zohoBooksListed,
      xeroInvoiceUpdated,
      zohoProjectChoices,
      xeroOrganisationChoices,
    ],
    searches: [xeroContact, xeroInvoice, xeroAccount, zohoMilestone, zohoExpense, zohoInvoice],
    searchOrCreates: [],
    creates: [
      withFixedRecipe(xeroMilestoneInvoice, preset.milestones),
      withFixedRecipe(xeroExpense, preset.expenses),
      withFixedRecipe(xeroZohoInvoice, preset.invoices),
      withFixedRecipe(xeroTimeEntry, preset.time),
      xeroGone(preset),
      xeroAnswerDifference(preset),
    ],
    hydrators: {
      zohoExpense: hydrateExpense,
      zohoExpenseDetail: hydrateExpenseDetail,
      zohoReceipt: hydrateReceipt,
      zohoInvoice: hydrateInvoice,
      zohoInvoiceDetail: hydrateInvoiceDetail,
    },
  }) as const satisfies Part;

/** The systems and steps of one pattern. */
interface Part {
  readonly systems: readonly SignInSystem[];
  readonly triggers: readonly Keyed[];
  readonly searches: readonly Keyed[];
  readonly searchOrCreates: readonly Keyed[];
  readonly creates: readonly Keyed[];
  /** What reads a field of a trigger's item, with the trigger's account, when a later step takes it. */
  readonly hydrators: Hydrators;
}

interface Keyed {
  readonly key: string;
}

/** One definition, built whole or for one pattern: its own systems to connect, its own steps. */
export function createApp(given: PresetInput = {}) {
  const settings = preset.parse(given);
  const { pattern } = settings;
  const parts = [
    ...(pattern === 'billing' ? [] : [contactSteps(settings)]),
    ...(pattern === 'contacts' ? [] : [billingSteps(settings)]),
  ];
  const systems = new Set<SignInSystem>(parts.flatMap((part) => [...part.systems]));
  return defineApp({
    version: '0.1.0',
    platformVersion: '19.1.0',
    // The core reads what a "too many calls" says, and turns it into Zapier's own error (errors/platform-error.ts).
    flags: { throwForThrottlingEarly: false },
    authentication: authenticationFor(SIGN_IN_SYSTEMS.filter((system) => systems.has(system))),
    triggers: byKey(parts.flatMap((part) => [...part.triggers])),
    searches: byKey(parts.flatMap((part) => [...part.searches])),
    searchOrCreates: byKey(parts.flatMap((part) => [...part.searchOrCreates])),
    creates: byKey(parts.flatMap((part) => [...part.creates])),
    hydrators: Object.assign({}, ...parts.map(({ hydrators }) => hydrators)),
  });
}

function byKey<Step extends Keyed>(steps: readonly Step[]): Record<string, Step> {
  return Object.fromEntries(steps.map((step) => [step.key, step]));
}
