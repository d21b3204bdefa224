import { beforeEach, describe, expect, it } from '@jest/globals';
import { signedIn } from './support/auth-data.ts';
import { enterCrowd } from './support/contact-people.ts';
import { addStampFields, CONTACT_RECIPE } from './support/contact-recipe.ts';
import type { Given, Outcome } from './support/packaged-app.ts';
import { itemsOf } from './support/trigger-items.ts';
import { atRealTime, usePackagedApp } from './support/use-packaged-app.ts';

const stage = usePackagedApp(atRealTime);

beforeEach(() => addStampFields(stage.sandbox));

function poll(key: string, inputData: Given['inputData'], meta: Given['meta'] = {}): Promise<Outcome> {
  return stage.app.call(`triggers.${key}.operation.perform`, {
    authData: signedIn(stage.sandbox).salesforce,
    inputData: { recipe: CONTACT_RECIPE, ...inputData },
    meta,
  });
}

describe('many linked records that were changed at once', () => {
  const pollChanged = (inputData: Given['inputData'], meta: Given['meta'] = {}) =>
    poll('salesforce_record_changed', inputData, meta);
  const ofZap = (id: string, more: object = {}) => ({ zap: { id }, ...more });

  it('stop the trigger, which says how many, until when and how to let them through', async () => {
    enterCrowd(stage.sandbox, 30, 'first');

    expect(await pollChanged({})).toMatchObject({
      error: {
        name: 'AppError',
        message: expect.stringMatching(
          /30 of 30 records were changed within an hour in what the recipe carries across, and 20 may be at once; none of them is missed before .+ UTC\. .+Most Changes in One Hour/,
        ),
      },
    });
  });

  it('are shown in the editor, and without a recipe', async () => {
    enterCrowd(stage.sandbox, 30, 'first');
    const sample = await pollChanged({}, { isLoadingSample: true });
    const unsynced = await pollChanged({ recipe: undefined });
    expect([itemsOf(sample), itemsOf(unsynced)].map(({ length }) => length)).toEqual([30, 30]);
  });

  it('go on with their number, which can be taken back after one check', async () => {
    enterCrowd(stage.sandbox, 30, 'first');
    await pollChanged({}, ofZap('one'));

    const letThrough = await pollChanged({ mostChanged: 30 }, ofZap('one'));
    const afterwards = await pollChanged({}, ofZap('one'));

    expect([itemsOf(letThrough), itemsOf(afterwards)].map(({ length }) => length)).toEqual([30, 30]);
  });

  it('stay held up while a copy of the Zap previews them', async () => {
    enterCrowd(stage.sandbox, 30, 'first');
    await pollChanged({}, ofZap('one'));
    const previewed = await pollChanged({ mostChanged: 30 }, ofZap('its copy'));

    const held = await pollChanged({}, ofZap('one'));

    expect(itemsOf(previewed)).toHaveLength(30);
    expect(held).toHaveProperty('error');
  });

  it('are no part of what a Zap has seen that is turned on again with their number', async () => {
    const [first = ''] = enterCrowd(stage.sandbox, 1, 'first');
    await pollChanged({}, ofZap('one'));
    stage.sandbox.world.clock.advance(60_000);
    enterCrowd(stage.sandbox, 29, 'later');
    await pollChanged({}, ofZap('one'));

    const seen = await pollChanged({ mostChanged: 30 }, ofZap('one', { isPopulatingDedupe: true }));
    const letThrough = await pollChanged({ mostChanged: 30 }, ofZap('one'));

    expect(itemsOf(seen).map(({ recordId }) => recordId)).toEqual([first]);
    expect(itemsOf(letThrough)).toHaveLength(30);
  });

  it('count for nothing where a Zap is turned on for the first time', async () => {
    enterCrowd(stage.sandbox, 30, 'first');
    const seen = await pollChanged({}, ofZap('one', { isPopulatingDedupe: true }));
    const afterwards = await pollChanged({}, ofZap('one'));
    expect([itemsOf(seen), itemsOf(afterwards)].map(({ length }) => length)).toEqual([30, 30]);
  });
});

describe('many records that were deleted at once', () => {
  const pollRemoved = (inputData: Given['inputData']) => poll('salesforce_record_removed', inputData);

  it('stop the trigger, which says how to let them through', async () => {
    for (const id of enterCrowd(stage.sandbox, 30, 'first').slice(0, 21))
      stage.sandbox.salesforce.desk.remove('Contact', id);

    const stopped = await pollRemoved({});
    const letThrough = await pollRemoved({ mostDeleted: 21 });

    expect(stopped).toMatchObject({
      error: {
        name: 'AppError',
        message: expect.stringMatching(
          /21 of 30 records were deleted within an hour, and 20 may go at once; none of them is missed before .+ UTC\. If so much is really gone, choose to let/,
        ),
      },
    });
    expect(itemsOf(letThrough)).toHaveLength(21);
  });

  it('go on where they were deleted one after another', async () => {
    for (const id of enterCrowd(stage.sandbox, 21, 'first')) {
      stage.sandbox.world.clock.advance(200_000);
      stage.sandbox.salesforce.desk.remove('Contact', id);
    }

    expect(itemsOf(await pollRemoved({}))).toHaveLength(21);
  });
});
