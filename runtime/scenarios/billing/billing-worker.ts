import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';
import type { BrakeName } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { Ledger } from '@stackbridge/shared-mappers/ports/ledger.ts';
import type { PlannedBilling } from '@stackbridge/shared-mappers/sync/billing/plan-billing.ts';
import { syncBilling } from '@stackbridge/shared-mappers/sync/billing/run-billing.ts';
import { EXIT, exitCodeOf } from '../../commands/exit-code.ts';
import { mapWarnings } from '../../show/billing-preview.ts';
import { IoGate } from '../io-gate.ts';
import { ScenarioHome } from '../scenario-home.ts';
import { BillingBench } from './billing-bench.ts';

export interface BillingRun {
  readonly exit: number;
  readonly summary: RunSummary;
  readonly warnings: readonly string[];
}

/** Whoever runs billing recipes in a scenario as the command would, with a store. */
export class BillingWorker {
  readonly home = new ScenarioHome(false);
  readonly #bench: BillingBench;

  constructor(sandbox: Sandbox) {
    this.#bench = new BillingBench(sandbox);
  }

  /** One run, as the command would run it; `cut` when the gate has cut it. */
  async run(
    written: unknown,
    gate: IoGate = new IoGate(),
    allow: readonly BrakeName[] = [],
  ): Promise<BillingRun | 'cut'> {
    const { store, key } = this.home;
    const { job, ports } = this.#bench.prepare(written, gate);
    const kept = { store: gate.store(store), ledger: gatedLedger(store, gate), key };
    let warnings: readonly string[] = [];
    const look = (planned: PlannedBilling): void => {
      warnings = mapWarnings(planned);
    };
    const ended = await gate.play(async () =>
      syncBilling(job, { ...ports, ...kept }, 'scenario', { allow }, look),
    );
    if (ended === 'cut') return ended;
    const { summary, error } = ended;
    const left = summary.counts.conflicts + summary.counts.failed > 0 ? EXIT.someLeft : EXIT.done;
    return { exit: error === undefined ? left : exitCodeOf(error.code), summary, warnings };
  }

  now(): number {
    return this.#bench.now();
  }

  async close(): Promise<void> {
    this.home[Symbol.dispose]();
    await this.#bench.close();
  }
}

/** What a scenario asks for and cannot be done, in words. */
export function inWords(error: unknown): string {
  if (error instanceof RangeError || error instanceof StackbridgeError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function gatedLedger(ledger: Ledger, gate: IoGate): Ledger {
  return {
    entries: (...args) => ledger.entries(...args),
    entriesOf: (...args) => ledger.entriesOf(...args),
    subjects: (...args) => ledger.subjects(...args),
    documents: (...args) => ledger.documents(...args),
    commitLedger: (...args) => gate.commit(() => ledger.commitLedger(...args)),
  };
}
