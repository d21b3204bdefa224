import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { ActivityHost, ActivityRunOptions, ActivitySession } from './activity-host.ts';
import { type ActivityRun, ActivityWorker } from './activity-worker.ts';

/** Campaign activity as the runtime takes it over: its connections, its store, in this process. */
export const runtimeActivity: ActivityHost = {
  abilities: new Set(['interrupts', 'store']),
  prepare: async (sandbox) => new RuntimeActivity(sandbox),
};

class RuntimeActivity implements ActivitySession {
  readonly #worker: ActivityWorker;

  constructor(sandbox: Sandbox) {
    this.#worker = new ActivityWorker(sandbox);
  }

  async run(
    recipe: unknown,
    { gate, allow = [], retry = false }: ActivityRunOptions = {},
  ): Promise<ActivityRun | 'cut'> {
    const only = retry ? (await this.failures()).map(({ subject }) => subject) : undefined;
    return this.#worker.run(recipe, { allow, ...(only === undefined ? {} : { only }) }, gate);
  }

  failures() {
    return this.#worker.home.store.parked({ kind: 'failure' });
  }

  loseState(): void {
    this.#worker.home.lose();
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}
