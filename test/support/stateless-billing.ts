import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { BillingAnswer } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import {
  type BillingExecution,
  billWithoutStore,
} from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import type {
  BillingIssueTold,
  BillingOutcome,
} from '@stackbridge/shared-mappers/sync/stateless/billing/billing-outcome.ts';
import type { BillingReply } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-store.ts';
import { EXIT, exitCodeOf } from 'stackbridge/commands/exit-code.ts';
import { BillingBench } from 'stackbridge/scenarios/billing/billing-bench.ts';
import type {
  BillingHost,
  BillingRunOptions,
  BillingSession,
} from 'stackbridge/scenarios/billing/billing-host.ts';
import type { BillingRun } from 'stackbridge/scenarios/billing/billing-worker.ts';
import { IoGate } from 'stackbridge/scenarios/io-gate.ts';

/** Billing in the core without a store: each run an execution of its own. */
export const statelessBilling: BillingHost = {
  abilities: new Set(['decisions', 'interrupts']),
  recipes: new Set(['milestone-invoice/v1', 'expenses/v1', 'time-entries/v1', 'zoho-invoice/v1']),
  prepare: async (sandbox) => new StatelessBilling(sandbox),
};

class StatelessBilling implements BillingSession {
  readonly #bench: BillingBench;
  #rows: Parked[] = [];
  /** Given since the last run. */
  #replies: BillingReply[] = [];

  constructor(sandbox: Sandbox) {
    this.#bench = new BillingBench(sandbox);
  }

  async run(
    recipe: unknown,
    { gate = new IoGate(), allow = [] }: BillingRunOptions = {},
  ): Promise<BillingRun | 'cut'> {
    const { job, ports } = this.#bench.prepare(recipe, gate);
    const replies = this.#replies;
    const ended = await gate.play(async () => billWithoutStore(job, ports, { allow, replies }));
    if (ended === 'cut') return ended;
    this.#replies = [];
    if (ended.error === undefined) this.#listen(ended, job.recipe);
    const { counts } = ended.summary;
    const left = counts.conflicts + counts.failed > 0 ? EXIT.someLeft : EXIT.done;
    return {
      exit: ended.error === undefined ? left : exitCodeOf(ended.error.code),
      // Pages of the ledger are writes as well.
      summary: { ...ended.summary, writes: { xero: gate.count('billing-write') } },
      warnings: [],
    };
  }

  async parked(): Promise<readonly Parked[]> {
    return this.#rows;
  }

  async decide({ subject }: Parked, documentNumber: string, answer: BillingAnswer): Promise<void> {
    this.#replies.push({ subject, documentNumber, answer });
  }

  close(): Promise<void> {
    return this.#bench.close();
  }

  /** A list as a person keeps it who reads what each execution hands out. */
  #listen({ subjects }: BillingExecution, recipe: string): void {
    this.#rows = [
      ...this.#rows.filter((row) => row.recipe !== recipe),
      ...subjects.flatMap(({ subject, issues }) => rowsOf(subject, recipe, issues)),
    ];
  }
}

/** One a kind, as the store has them. */
function rowsOf(subject: string, recipe: string, issues: BillingOutcome['issues']): Parked[] {
  return (['conflict', 'failure'] as const).flatMap((kind) => {
    const some = issues.filter((issue) => issue.kind === kind);
    const [first] = some;
    return first === undefined ? [] : [rowOf(subject, recipe, first, some)];
  });
}

function rowOf(
  subject: string,
  recipe: string,
  { kind, code, message, next }: BillingIssueTold,
  all: readonly BillingIssueTold[],
): Parked {
  const fields = [...new Set(all.flatMap(({ documentNumber }) => documentNumber ?? []))];
  return {
    kind,
    code,
    message,
    next,
    subject,
    recipe,
    fields,
    scope: '',
    keyHash: '',
    attempts: 1,
    firstAt: 0,
    lastAt: 0,
  };
}
