import { BILLING_ANSWERS } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import { BRAKES } from '@stackbridge/shared-mappers/plan/brakes.ts';
import { billingConnectors } from '@stackbridge/shared-mappers/recipes/billing-connectors.ts';
import { type BillingKind, prepareBilling } from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
import {
  type BillingExecution,
  type BillingRequest,
  billWithoutStore,
} from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import type { BillingReply } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-store.ts';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';
import { tellEarlyEnd } from '../errors/early-end.ts';
import { located } from '../located.ts';
import { readParameters } from '../parameters.ts';
import { startNode } from '../ports/node-ports.ts';
import { recipeText } from '../recipe-text.ts';
import { runSummary } from '../run-summary.ts';
import { billingClients } from './billing-clients.ts';
import { billingItem } from './billing-item.ts';
import { wholeRecipe } from './billing-recipe.ts';
import { organisationNamed } from './organisations.ts';

const OPERATIONS = [
  'answer',
  'checkAccountMap',
  'copyInvoice',
  'invoiceMilestone',
  'preview',
  'syncTimeEntries',
  'transferExpenses',
] as const;
type Operation = (typeof OPERATIONS)[number];

/** What an operation carries out; those that are absent take any recipe. */
const KINDS: Readonly<Partial<Record<Operation, BillingKind>>> = {
  copyInvoice: 'zoho-invoice/v1',
  invoiceMilestone: 'milestone-invoice/v1',
  syncTimeEntries: 'time-entries/v1',
  transferExpenses: 'expenses/v1',
};

const written = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? '').trim());

const filled = z.object({
  operation: z.enum(OPERATIONS),
  recipe: recipeText,
  organisation: located,
  lookAt: z.enum(['items', 'everything']).default('everything'),
  options: z
    .object({ allow: z.array(z.enum(BRAKES)).default([]), summary: z.boolean().default(false) })
    .prefault({}),
});

const reply = z.object({
  subjectId: written.pipe(z.string().min(1, { error: 'is empty' })),
  documentNumber: written.pipe(z.string().min(1, { error: 'is empty' })),
  answer: z.enum(BILLING_ANSWERS),
});
const named = z.object({ subjectId: written.pipe(z.string().min(1, { error: 'is empty' })) });

/** One run of a billing recipe, for what the input names or for all of it. The ledger stands on the documents. */
export async function billProjects(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const { operation, recipe: text, organisation, lookAt, options } = readParameters(context, filled, 0);
  const { recipe, map } = wholeRecipe(text, KINDS[operation]);
  const ports = { ...startNode(context), patienceMs: recipe.patienceMs };
  const tenantId = await organisationNamed(context, ports.http, organisation);
  const connectors = billingConnectors(recipe, await billingClients(context, ports, tenantId));
  const job = prepareBilling({ ...connectors, recipe, map, progress: ports.progress });
  const items = [...context.getInputData().keys()];
  const replies: BillingReply[] =
    operation === 'answer'
      ? items.map((index) => {
          const { subjectId: subject, ...answer } = readParameters(context, reply, index);
          return { subject, ...answer };
        })
      : [];
  const subjects =
    operation === 'answer'
      ? replies.map(({ subject }) => subject)
      : lookAt === 'items' && operation !== 'checkAccountMap'
        ? items.map((index) => readParameters(context, named, index).subjectId)
        : undefined;
  const request: BillingRequest = {
    replies,
    allow: options.allow,
    preview: operation === 'preview' || operation === 'checkAccountMap',
    ...(subjects === undefined ? {} : { only: [...new Set(subjects)] }),
  };
  const execution = await billWithoutStore(job, { ...ports, target: connectors.target }, request);
  tellEarlyEnd(context, execution);
  for (const { message } of execution.brakes) context.addExecutionHints({ message, location: 'outputPane' });
  if (operation === 'checkAccountMap') return faultItems(execution);
  return outcomeItems(execution, subjects, options.summary);
}

function outcomeItems(
  execution: BillingExecution,
  named: readonly string[] | undefined,
  withSummary: boolean,
): INodeExecutionData[][] {
  const { subjects: outcomes, leftOut, faults } = execution;
  const outputs: [INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]] = [[], [], []];
  for (const outcome of outcomes) {
    const at = outcome.outcome === 'conflict' ? 1 : outcome.outcome === 'failed' ? 2 : 0;
    const items = (named ?? []).flatMap((subject, index) => (subject === outcome.subject ? [index] : []));
    const pairedItem = (items.length === 0 ? [0] : items).map((item) => ({ item }));
    outputs[at].push({ json: billingItem(outcome), pairedItem });
  }
  if (withSummary) {
    const run: IDataObject = {
      ...runSummary(execution),
      faults: faults.map(({ message }) => message),
      leftOut: leftOut.length,
    };
    outputs[0].push({ json: run, pairedItem: { item: 0 } });
  }
  return outputs;
}

/** Entries of the account map that the accounts do not bear out, with the nearest that would fit. */
function faultItems({ faults }: BillingExecution): INodeExecutionData[][] {
  const failed = faults.map(({ code, path, message, suggestion = '' }) => ({
    json: { code, path: path.join('.'), message, suggestion },
    pairedItem: { item: 0 },
  }));
  const json = { outcome: faults.length === 0 ? 'fits' : 'faults', faults: faults.length };
  return [[{ json, pairedItem: { item: 0 } }], [], failed];
}
