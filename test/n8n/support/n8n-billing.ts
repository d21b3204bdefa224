import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { BillingAnswer } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import type { BillingKind } from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
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
const summary = z.object({
  outcome: z.literal('summary'),
  counts,
  writes: numbers,
  calls: numbers,
  stoppedBy: code.optional(),
});
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
    const { counts, writes, calls, stoppedBy } = summary.parse(
      told.find(({ outcome }) => outcome === 'summary'),
    );
    const looked = told.filter(({ outcome }) => outcome !== 'summary').map((json) => billed.parse(json));
    // What a run did not come to is no question to anybody.
    if (stoppedBy === undefined) this.#listen(looked, recipe, parameters.lookAt === 'everything');
    const left = counts.conflicts + counts.failed > 0 ? EXIT.someLeft : EXIT.done;
    const ended = stoppedBy === undefined ? {} : { stoppedBy };
    return {
      exit: stoppedBy === undefined ? left : exitCodeOf(stoppedBy),
      summary: { ...NO_SUMMARY, counts, writes, calls, ...ended },
      warnings: [],
    };
  }

  #listen(looked: readonly z.infer<typeof billed>[], recipe: unknown, isWhole: boolean): void {
    const { name } = named.parse(recipe);
    // A look at everything tells all that there is to ask.
    const isTold = (row: Parked): boolean =>
      isWhole ? row.recipe === name : looked.some(({ subject }) => subject === row.subject);
    this.#rows = [...this.#rows.filter((row) => !isTold(row)), ...looked.flatMap((one) => rowsOf(one, name))];
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

const OPERATIONS: Readonly<Record<BillingKind, string>> = {
  'milestone-invoice/v1': 'invoiceMilestone',
  'expenses/v1': 'transferExpenses',
  'time-entries/v1': 'syncTimeEntries',
  'zoho-invoice/v1': 'copyInvoice',
};
/** Recipes that the node carries out. */
export const BILLING_KINDS: ReadonlySet<string> = new Set(Object.keys(OPERATIONS));

const named = z.object({
  name: z.string(),
  recipe: z.custom<BillingKind>((given) => typeof given === 'string' && given in OPERATIONS),
});

function operationFor(recipe: unknown): string {
  return OPERATIONS[named.parse(recipe).recipe];
}

/** One a kind, as the store has them. */
function rowsOf({ subject, issues }: z.infer<typeof billed>, recipe: string): Parked[] {
  return [...Map.groupBy(issues, ({ kind }) => kind).values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    const { documentNumber: _, ...issue } = first;
    const fields = [...new Set(some.flatMap(({ documentNumber }) => documentNumber ?? []))];
    return [
      { ...issue, subject, fields, recipe, scope: '', keyHash: '', attempts: 1, firstAt: 0, lastAt: 0 },
    ];
  });
}
