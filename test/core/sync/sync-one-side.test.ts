import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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
class Steps {
  readonly screens: Screens;
  readonly #sandbox: Sandbox;
  readonly #http = createHttp();

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.screens = new Screens(sandbox);
    markFields({ sandbox });
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

function recipeWith(changes: Partial<ContactSyncInput> = {}): ContactSyncRecipe {
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
const RECIPE = recipeWith();

let steps: Steps;
let contact: string;
beforeEach(async () => {
  steps = new Steps(await startSandbox({ now: '2026-11-02T08:00:00Z', seed: 1 }));
  contact = steps.screens.create('salesforce', 'Contact', {
    FirstName: 'Ada',
    LastName: 'Lovelace',
    Email: 'ada@lovelace.test',
  });
});
afterEach(() => steps.close());

/** The member that the contact's first delivery makes. */
async function memberOfContact(): Promise<string> {
  const outcome = await steps.take('left', await steps.read('left', contact));
  steps.advance();
  return outcome?.rightId ?? '';
}

function member(id: string): Readonly<Record<string, unknown>> {
  return steps.screens.show('mailchimp', 'Newsletter', [id])[0]?.values ?? {};
}

function contactNow(): Readonly<Record<string, unknown>> {
  return steps.screens.show('salesforce', 'Contact', [contact])[0]?.values ?? {};
}

describe('a step that reaches one side', () => {
  test('creates who is missing there, and a repeat of the delivery changes nothing', async () => {
    const record = await steps.read('left', contact);

    const first = await steps.take('left', record);
    const second = await steps.take('left', record);

    expect([first?.outcome, second?.outcome]).toEqual(['applied', 'unchanged']);
    expect(member(first?.rightId ?? '')).toMatchObject({
      email_address: 'ada@lovelace.test',
      merge_fields: { FNAME: 'Ada', LNAME: 'Lovelace', PARTNER: contact },
    });
  });

  test('carries an edit to the record that names its source, under whatever address it has now', async () => {
    const id = await memberOfContact();
    steps.screens.member('change-email', 'Newsletter', {
      contact_id: id,
      new_email: 'countess@lovelace.test',
    });
    steps.screens.edit('mailchimp', 'Newsletter', id, { merge_fields: { FNAME: 'Augusta' } });

    const outcome = await steps.take('right', await steps.read('right', id));

    expect([outcome?.outcome, outcome?.leftId]).toEqual(['applied', contact]);
    expect(contactNow()).toMatchObject({ FirstName: 'Augusta', Email: 'countess@lovelace.test' });
  });

  test('says of a delivery that was overtaken that it is stale, and writes nothing', async () => {
    const id = await memberOfContact();
    steps.screens.edit('salesforce', 'Contact', contact, { FirstName: 'Augusta' });
    const early = await steps.read('left', contact);
    steps.advance();
    steps.screens.edit('salesforce', 'Contact', contact, { FirstName: 'Augusta Ada' });
    await steps.take('left', await steps.read('left', contact));

    const outcome = await steps.take('left', early);

    expect(outcome).toMatchObject({ outcome: 'stale', changes: [], issues: [] });
    expect(member(id).merge_fields).toMatchObject({ FNAME: 'Augusta Ada' });
  });

  test('hands a conflict back with what both sides hold', async () => {
    const id = await memberOfContact();
    const review = recipeWith({
      create: { salesforce: false, mailchimp: false },
      fields: [{ salesforce: 'FirstName', mailchimp: 'FNAME', policy: 'review' }],
    });
    steps.screens.edit('salesforce', 'Contact', contact, { FirstName: 'Augusta' });
    steps.screens.edit('mailchimp', 'Newsletter', id, { merge_fields: { FNAME: 'Countess' } });

    const outcome = await steps.take('left', await steps.read('left', contact, review), review);

    expect(outcome?.outcome).toBe('conflict');
    expect(outcome?.issues).toEqual([
      expect.objectContaining({
        code: 'BOTH_CHANGED',
        fields: ['FirstName ↔ FNAME'],
        values: { 'FirstName ↔ FNAME': { left: 'Augusta', right: 'Countess' } },
      }),
    ]);
    expect(member(id).merge_fields).toMatchObject({ FNAME: 'Countess' });
  });

  test('carries an opt-out', async () => {
    const id = await memberOfContact();
    steps.screens.edit('salesforce', 'Contact', contact, { HasOptedOutOfEmail: true });

    const outcome = await steps.take('left', await steps.read('left', contact));

    expect([outcome?.outcome, member(id).status]).toEqual(['applied', 'unsubscribed']);
  });

  test("leaves an opt-out that was decided on to the other system's own step", async () => {
    const rightId = await memberOfContact();
    steps.screens.member('unsubscribe', 'Newsletter', { contact_id: rightId, by: 'self' });
    await steps.take('right', await steps.read('right', rightId));
    steps.advance();
    steps.screens.member('subscribe', 'Newsletter', { email: 'ada@lovelace.test', by: 'self' });
    const subscribed = await steps.read('right', rightId);
    const keepOut: PairDecision = {
      leftId: contact,
      rightId,
      field: 'consent',
      take: { side: 'left' },
      at: subscribed.record.modifiedAt,
    };

    const asked = await steps.take('right', subscribed);
    await steps.take('right', subscribed, RECIPE, [keepOut]);
    steps.advance();
    const carried = await steps.take('left', await steps.read('left', contact));

    expect(asked?.issues).toEqual([expect.objectContaining({ code: 'OPT_IN_AFTER_OPT_OUT' })]);
    expect([carried?.outcome, member(rightId).status, contactNow().HasOptedOutOfEmail]).toEqual([
      'applied',
      'unsubscribed',
      true,
    ]);
  });

  test("does not enter a member whose address is that of another member's contact", async () => {
    await steps.take('right', await steps.read('right', await memberOfContact()));
    steps.screens.edit('salesforce', 'Contact', contact, { Email: 'office@lovelace.test' });
    const office = steps.screens.create('mailchimp', 'Newsletter', {
      email_address: 'office@lovelace.test',
      status: 'subscribed',
    });

    const outcome = await steps.take('right', await steps.read('right', office));

    expect(outcome).toMatchObject({
      outcome: 'conflict',
      rightId: office,
      issues: [{ code: 'ADDRESS_TAKEN' }],
    });
    expect(steps.screens.show('salesforce', 'Contact')).toHaveLength(1);
  });

  test('tells what the system refused, with its code and what to do next', async () => {
    steps.screens.edit('salesforce', 'Contact', contact, { Email: 'ada@example.com' });

    const outcome = await steps.take('left', await steps.read('left', contact));

    expect(outcome).toMatchObject({
      outcome: 'failed',
      leftId: contact,
      issues: [{ kind: 'failure', code: 'EMAIL_INVALID', next: 'Correct the address in the record' }],
    });
  });

  test('says where the step of the other direction has something to carry out, and where not', async () => {
    const rightId = await memberOfContact();
    const named = await steps.take('right', await steps.read('right', rightId));
    steps.advance();
    steps.screens.member('unsubscribe', 'Newsletter', { contact_id: rightId, by: 'self' });

    const quiet = await steps.take('right', await steps.read('right', rightId));
    steps.screens.edit('salesforce', 'Contact', contact, { HasOptedOutOfEmail: false, FirstName: 'Augusta' });
    const isOut = await steps.take('left', await steps.read('left', contact));

    expect([named, quiet, isOut].map((outcome) => outcome?.othersTurn)).toEqual([undefined, undefined, true]);
  });

  test('does not take a recipe whose base is kept in a store', async () => {
    const record = await steps.read('left', contact);

    await expect(steps.take('left', record, recipeWith({ base: 'store' }))).rejects.toMatchObject({
      code: 'RECIPE_INVALID',
    });
  });
});

describe('what Mailchimp said for good', () => {
  const showing = recipeWith({
    consent: { salesforce: 'HasOptedOutOfEmail', statusField: 'Email_Status__c' },
  });
  const forgotten = (email = 'ada@lovelace.test'): Verdict => ({
    leftId: contact,
    email,
    code: 'MEMBER_FORGOTTEN',
    message: 'Was deleted for good',
  });

  test('is shown in the CRM, once', async () => {
    const first = await steps.show(forgotten(), showing);
    const second = await steps.show(forgotten(), showing);

    expect(contactNow()).toMatchObject({ Email_Status__c: 'forgotten' });
    expect(first).toMatchObject({
      outcome: 'excluded',
      because: 'Was deleted for good',
      changes: [{ side: 'left', field: 'Email_Status__c', to: 'forgotten' }],
      issues: [{ kind: 'terminal', code: 'MEMBER_FORGOTTEN' }],
    });
    expect(second).toMatchObject({ outcome: 'excluded', changes: [] });
  });

  test('is dropped where it is about an address that the record has no longer', async () => {
    steps.screens.edit('salesforce', 'Contact', contact, { Email: 'countess@lovelace.test' });

    const outcome = await steps.show(forgotten(), showing);

    expect(outcome).toEqual({ outcome: 'stale', leftId: contact, changes: [], issues: [] });
    expect(contactNow().Email_Status__c ?? '').toBe('');
  });

  test('is an error where the CRM refuses it', async () => {
    steps.screens.act('salesforce', 'validation-rule', {
      object: 'Contact',
      field: 'Email_Status__c',
      forbids: 'forgotten',
      message: 'Not today',
    });

    await expect(steps.show(forgotten(), showing)).rejects.toMatchObject({ code: 'VALIDATION_RULE' });
  });
});
