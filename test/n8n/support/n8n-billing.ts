import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { BillingAnswer } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { EXIT, exitCodeOf } from 'stackbridge/commands/exit-code.ts';
import type { BillingRunOptions, BillingSession } from 'stackbridge/scenarios/billing/billing-host.ts';
import type { BillingRun } from 'stackbridge/scenarios/billing/billing-worker.ts';
import { z } from 'zod';
import { N8n } from './n8n.ts';
import type { Engine } from './n8n-core.ts';
import { saidCode } from './said-code.ts';
import { sandboxCredentials } from './sandbox-credentials.ts';

const code = z.custom<ErrorCode>((given) => typeof given === 'string' && given in ERROR_CODES);
const numbers = z.record(z.string(), z.number());
const counts = z.object({
  applied: z.number(),
  unchanged: z.number(),
  excluded: z.number(),
  conflicts: z.number(),
  failed: z.number(),
});
const summary = z.object({ outcome: z.literal('summary'), counts, writes: numbers, calls: numbers });
const billed = z.object({
  subject: z.string(),
  issues: z.array(
    z.object({
      kind: z.enum(['conflict', 'failure']),
      code,
      message: z.string(),
      next: z.string(),
      documentNumber: z.string().optional(),
    }),
  ),
});

const NO_COUNTS = { applied: 0, unchanged: 0, excluded: 0, conflicts: 0, failed: 0 };
const NO_SUMMARY = { runId: '', recipe: '', startedAt: 0, finishedAt: 0, excluded: {} };

/** Billing as a workflow does it: each run an execution of its own, the ledger on the documents. */
export class N8nBilling implements BillingSession {
  readonly #n8n: N8n;
  #rows: Parked[] = [];
  #answers: IDataObject[] = [];

  constructor(engine: Engine, sandbox: Sandbox) {
    this.#n8n = new N8n(engine, sandboxCredentials(sandbox));
  }

  async run(recipe: unknown, { allow = [] }: BillingRunOptions = {}): Promise<BillingRun> {
    const answers = this.#answers;
    this.#answers = [];
    const options = { allow: [...allow], summary: true };
    // People answer first, then the schedule runs on.
    if (answers.length > 0) {
      const answered = await this.#bill(recipe, { operation: 'answer', ...ANSWER, options }, answers);
      if (answered.exit > EXIT.someLeft) return answered;
    }
    return this.#bill(recipe, { operation: operationFor(recipe), lookAt: 'everything', options });
  }

  async #bill(
    recipe: unknown,
    parameters: INodeParameters,
    items: readonly IDataObject[] = [{}],
  ): Promise<BillingRun> {
    const placed = {
      type: 'stackbridgeProjectBilling',
      parameters: { organisation: '', recipe: JSON.stringify(recipe), ...parameters },
    };
    const { outputs, error } = await this.#n8n.run(placed, items);
    if (error !== undefined) {
      const stoppedBy = saidCode(error);
      const stopped = { ...NO_SUMMARY, counts: NO_COUNTS, writes: {}, calls: {}, stoppedBy };
      return { exit: exitCodeOf(stoppedBy), summary: stopped, warnings: [] };
    }
    const told = outputs.flatMap((output) => output.map(({ json }) => json));
    const { counts, writes, calls } = summary.parse(told.find(({ outcome }) => outcome === 'summary'));
    const looked = told.filter(({ outcome }) => outcome !== 'summary').map((json) => billed.parse(json));
    this.#rows = [
      ...this.#rows.filter(({ subject }) => !looked.some((one) => one.subject === subject)),
      ...looked.flatMap(rowsOf),
    ];
    const exit = counts.conflicts + counts.failed > 0 ? EXIT.someLeft : EXIT.done;
    return { exit, summary: { ...NO_SUMMARY, counts, writes, calls }, warnings: [] };
  }

  async parked(): Promise<readonly Parked[]> {
    return this.#rows;
  }

  async decide({ subject }: Parked, documentNumber: string, answer: BillingAnswer): Promise<void> {
    this.#answers.push({ subject, documentNumber, answer });
  }

  async close(): Promise<void> {}
}

const ANSWER = {
  subjectId: '={{ $json.subject }}',
  documentNumber: '={{ $json.documentNumber }}',
  answer: '={{ $json.answer }}',
};

const OPERATIONS = z.object({ recipe: z.enum(['milestone-invoice/v1', 'expenses/v1', 'zoho-invoice/v1']) });

function operationFor(recipe: unknown): string {
  switch (OPERATIONS.parse(recipe).recipe) {
    case 'milestone-invoice/v1':
      return 'invoiceMilestone';
    case 'expenses/v1':
      return 'transferExpenses';
    case 'zoho-invoice/v1':
      return 'copyInvoice';
  }
}

/** One a kind, as the store has them. */
function rowsOf({ subject, issues }: z.infer<typeof billed>): Parked[] {
  return [...Map.groupBy(issues, ({ kind }) => kind).values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    const { documentNumber: _, ...issue } = first;
    const fields = [...new Set(some.flatMap(({ documentNumber }) => documentNumber ?? []))];
    return [
      { ...issue, subject, fields, recipe: '', scope: '', keyHash: '', attempts: 1, firstAt: 0, lastAt: 0 },
    ];
  });
}
