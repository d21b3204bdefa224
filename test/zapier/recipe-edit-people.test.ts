import { describe, expect, it } from '@jest/globals';
import { enterCrowd } from './support/contact-people.ts';
import { AUDIENCE, addStampFields, CONTACT_RECIPE } from './support/contact-recipe.ts';
import { PolledZap } from './support/polled-zap.ts';
import { usePackagedApp } from './support/use-packaged-app.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const stage = usePackagedApp();

const TITLED = CONTACT_RECIPE.replace('fields:', 'fields:\n  - { salesforce: Title, mailchimp: TITLE }');
const contacts = (): PolledZap => new PolledZap(stage, 'salesforce_record_changed', 'salesforce');

/** So many contacts, each of them a member, from yesterday. */
function enterYesterday(count: number): void {
  addStampFields(stage.sandbox);
  enterCrowd(stage.sandbox, count, 'crowd', { Title: 'Countess' });
  stage.sandbox.world.clock.advance(DAY_MS);
}

describe('people who have not changed since the time looked back on', () => {
  it('come in again once the recipe says something else about them, with what a sync step takes', async () => {
    enterYesterday(2);
    const zap = contacts();

    expect([await zap.poll(CONTACT_RECIPE), await zap.poll(TITLED)]).toEqual([0, 0]);
    expect(await zap.run(TITLED)).toEqual({
      kind: 'done',
      results: [0, 1].map((n) =>
        expect.objectContaining({
          id: expect.stringMatching(/-live-\d+-\d+$/),
          record: expect.stringContaining(`"Email":"p${n}@crowd.test"`),
        }),
      ),
    });
    expect([await zap.poll(TITLED), await zap.poll(TITLED)]).toEqual([2, 0]);
  });

  it('are members of the audience, too', async () => {
    addStampFields(stage.sandbox);
    stage.sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'ada@lovelace.test',
      status: 'subscribed',
    });
    stage.sandbox.world.clock.advance(DAY_MS);
    const zap = new PolledZap(stage, 'mailchimp_member_changed', 'mailchimp');

    expect([await zap.poll(CONTACT_RECIPE), await zap.poll(TITLED), await zap.poll(TITLED)]).toEqual([
      0, 0, 1,
    ]);
  });

  it('do not come in for another policy', async () => {
    enterYesterday(1);
    const zap = contacts();
    const other = CONTACT_RECIPE.replace(', policy: review', ', policy: salesforce');

    expect([await zap.poll(CONTACT_RECIPE), await zap.poll(other), await zap.poll(other)]).toEqual([0, 0, 0]);
  });

  it('stop the trigger where the edit may overwrite too many, until they are let through', async () => {
    enterYesterday(30);
    const zap = contacts();
    const ofZap = { zap: { id: 'one' } };
    await zap.poll(CONTACT_RECIPE, ofZap);
    await zap.poll(TITLED, ofZap);

    expect(await zap.run(TITLED, ofZap)).toMatchObject({
      kind: 'wrong',
      code: 'BRAKE_OVERWRITES',
      message: expect.stringContaining('30 of 30 records'),
    });
    stage.sandbox.world.clock.advance(3 * DAY_MS);
    const patient = TITLED.replace('Title,', 'Title, policy: mailchimp,');
    expect(await zap.run(patient, ofZap)).toMatchObject({ code: 'BRAKE_OVERWRITES' });
    const open = `${TITLED}brakes: { overwrites: { atLeast: 30 } }\n`;
    expect([await zap.poll(open, ofZap), await zap.poll(TITLED, ofZap)]).toEqual([30, 0]);
  });

  it('come in over several checks where there are very many', async () => {
    addStampFields(stage.sandbox);
    for (let n = 0; n < 1_100; n += 1) {
      stage.sandbox.salesforce.desk.create('Contact', { LastName: `P${n}`, Email: `p${n}@crowd.test` });
      if (n % 100 === 0) stage.sandbox.world.clock.advance(1_000);
    }
    stage.sandbox.world.clock.advance(DAY_MS);
    const zap = contacts();
    await zap.poll(CONTACT_RECIPE);
    await zap.poll(TITLED);

    const shown: number[] = [];
    for (let polls = 0; polls < 5; polls += 1) {
      shown.push(await zap.poll(TITLED));
      stage.sandbox.world.clock.advance(15 * MINUTE_MS);
    }
    expect(shown).toEqual([901, 0, 0, 199, 0]);
  });
});
