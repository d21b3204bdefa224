import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Sleep } from '@stackbridge/shared-mappers/ports/sleep.ts';
import type { Host } from 'stackbridge/scenarios/host.ts';
import { sandboxTime } from 'stackbridge/scenarios/sandbox-time.ts';
import { buildPack } from '../../n8n-toolchain/build-pack.ts';
import { N8nActivity } from '../n8n/support/n8n-activity.ts';
import { BILLING_KINDS, N8nBilling } from '../n8n/support/n8n-billing.ts';
import { loadEngine } from '../n8n/support/n8n-core.ts';
import { N8nSession } from '../n8n/support/n8n-session.ts';

/** The nodes of the bundled pack in n8n's own engine, each sync an execution that knows nothing of the one before. */
export async function openHost(): Promise<Host> {
  buildPack();
  const time = new TimeOfTheDay();
  const engine = await loadEngine(time);
  return {
    name: 'n8n',
    abilities: new Set(['dry-run', 'parked', 'decisions']),
    prepare: async (setup) => {
      time.set(sandboxTime(setup.sandbox.world.clock));
      return new N8nSession(engine, setup);
    },
    billing: {
      abilities: new Set(['decisions']),
      recipes: BILLING_KINDS,
      prepare: async (sandbox) => {
        time.set(sandboxTime(sandbox.world.clock));
        return new N8nBilling(engine, sandbox);
      },
    },
    activity: {
      abilities: new Set(),
      prepare: async (sandbox) => {
        time.set(sandboxTime(sandbox.world.clock));
        return new N8nActivity(engine, sandbox);
      },
    },
  };
}

interface Time {
  readonly clock: Clock;
  readonly sleep: Sleep;
}

/** The engine is loaded once; every scenario has a sandbox, and a time, of its own. */
class TimeOfTheDay implements Time {
  #time: Time | undefined;

  set(time: Time): void {
    this.#time = time;
  }

  readonly clock: Clock = { now: () => this.#time?.clock.now() ?? Date.now() };
  readonly sleep: Sleep = { sleep: async (ms) => this.#time?.sleep.sleep(ms) };
}
