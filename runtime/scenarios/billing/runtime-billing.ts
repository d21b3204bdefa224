import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { BillingAnswer } from '@stackbridge/shared-mappers/plan/billing/decision.ts';
import { BILLING_SCHEMAS } from '@stackbridge/shared-mappers/recipes/billing-recipes.ts';
import type { BillingHost, BillingRunOptions, BillingSession } from './billing-host.ts';
import { type BillingRun, BillingWorker } from './billing-worker.ts';

/** Billing as the runtime does it: its connections, its store, in this process. */
export const runtimeBilling: BillingHost = {
  abilities: new Set(['decisions', 'interrupts', 'store']),
  recipes: new Set(Object.keys(BILLING_SCHEMAS)),
  prepare: async (sandbox) => new RuntimeBilling(sandbox),
};

class RuntimeBilling implements BillingSession {
  readonly #worker: BillingWorker;

  constructor(sandbox: Sandbox) {
    this.#worker = new BillingWorker(sandbox);
  }

  run(recipe: unknown, { gate, allow }: BillingRunOptions = {}): Promise<BillingRun | 'cut'> {
    return this.#worker.run(recipe, gate, allow);
  }

  parked(): Promise<readonly Parked[]> {
    return this.#worker.home.store.parked({});
  }

  async decide({ scope, subject }: Parked, field: string, answer: BillingAnswer): Promise<void> {
    const at = this.#worker.now();
    await this.#worker.home.store.decide({ scope, subject, field, take: { value: answer }, at });
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
