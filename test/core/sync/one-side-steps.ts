import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import { otherSide, type Side } from '@stackbridge/shared-mappers/model/side.ts';
import {
  type ContactSyncInput,
  type ContactSyncRecipe,
  defineRecipe,
} from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { prepareContactSync } from '@stackbridge/shared-mappers/recipes/prepare-contact-sync.ts';
import { memoryMemos } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import type { Delivered } from '@stackbridge/shared-mappers/sync/stateless/delivered-connector.ts';
import type { PairDecision } from '@stackbridge/shared-mappers/sync/stateless/execution-store.ts';
import type { PersonOutcome } from '@stackbridge/shared-mappers/sync/stateless/person-outcome.ts';
import { readRelatives } from '@stackbridge/shared-mappers/sync/stateless/relatives.ts';
import { showVerdict, type Verdict } from '@stackbridge/shared-mappers/sync/stateless/show-verdict.ts';
import { syncOneSide } from '@stackbridge/shared-mappers/sync/stateless/sync-one-side.ts';
import { createHttp } from 'stackbridge/http.ts';
import { memoryTokens } from 'stackbridge/scenarios/memory-tokens.ts';
import { storelessPorts } from 'stackbridge/scenarios/runtime-ports.ts';
import { sandboxTime } from 'stackbridge/scenarios/sandbox-time.ts';
import { Screens } from 'stackbridge/scenarios/screens.ts';
import { seededRandom } from 'stackbridge/scenarios/seeded-random.ts';
import { createMeter } from 'stackbridge/show/meter.ts';
import { markFields, marksOf } from '../../support/marked-fields.ts';

const HOUR = 3_600_000;
const KEY = fingerprintKey('000102030405060708090a0b0c0d0e0f');
const SYSTEMS = { left: 'salesforce', right: 'mailchimp' } as const;

/** The two steps of a Zap each way, between the simulated systems. */
export class Steps {
  readonly screens: Screens;
  readonly #sandbox: Sandbox;
  readonly #http = createHttp();

  private constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.screens = new Screens(sandbox);
    markFields({ sandbox });
  }

  static async open(): Promise<Steps> {
    return new Steps(await startSandbox({ now: '2026-11-02T08:00:00Z', seed: 1 }));
  }

  /** What a trigger would hand on of a record, as it is now. */
  async read(source: Side, id: string, recipe = RECIPE): Promise<Delivered> {
    const { ports, job } = await this.#ready(recipe);
    const columns = job.map.columns[source];
    const [record] = await ports[source].readByIds([id], columns);
    if (record === undefined) throw new RangeError(`No record ${id}`);
    const system = SYSTEMS[source];
    if (source === 'right') return { system, record };
    const kin = { connector: ports.left, columns, addressField: 'Email' };
    const relatives = (await readRelatives([record], kin)).get(id);
    return { system, record, ...(relatives === undefined ? {} : { relatives }) };
  }

  async take(
    source: Side,
    incoming: Delivered,
    recipe = RECIPE,
    decisions: readonly PairDecision[] = [],
  ): Promise<PersonOutcome | undefined> {
    const { ports, job } = await this.#ready(recipe);
    const { left, right, ...shared } = ports;
    const target = otherSide(source) === 'left' ? left : right;
    const { people, error } = await syncOneSide(job, shared, { source, incoming, target, decisions });
    if (error !== undefined) throw error;
    return people[0];
  }

  async show(verdict: Verdict, recipe = RECIPE): Promise<PersonOutcome> {
    const { ports, job } = await this.#ready(recipe);
    return showVerdict(job, ports.left, verdict);
  }

  advance(): void {
    this.#sandbox.world.clock.advance(HOUR);
  }

  async close(): Promise<void> {
    await this.#http.close();
    await this.#sandbox.close();
  }

  async #ready(recipe: ContactSyncRecipe) {
    const { connections, world } = this.#sandbox;
    const ports = storelessPorts(recipe, {
      connections,
      tokens: memoryTokens(),
      http: this.#http,
      ...sandboxTime(world.clock),
      random: seededRandom(world.clock),
      meter: createMeter(),
    });
    const prepared = await prepareContactSync({ recipe, ...ports, store: memoryMemos(), key: KEY });
    if ('problems' in prepared) throw new RangeError(prepared.problems[0]?.message);
    return { ports, job: prepared.job };
  }
}

/** @param changes to `RECIPE` */
export function recipeWith(changes: Partial<ContactSyncInput> = {}): ContactSyncRecipe {
  return defineRecipe({
    recipe: 'contact-sync/v1',
    name: 'people',
    salesforce: { object: 'Contact' },
    mailchimp: { audience: 'Newsletter' },
    base: marksOf('Newsletter'),
    create: { salesforce: true, mailchimp: true },
    fields: [
      { salesforce: 'FirstName', mailchimp: 'FNAME' },
      { salesforce: 'LastName', mailchimp: 'LNAME' },
    ],
    consent: { salesforce: 'HasOptedOutOfEmail' },
    ...changes,
  });
}
/** Creates on both sides, carries names and consent. */
export const RECIPE = recipeWith();

/** @returns the id of the contact that the tests of these steps begin with */
export function enterAda(screens: Screens): string {
  return screens.create('salesforce', 'Contact', {
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Email: 'ada@lovelace.test',
  });
}
