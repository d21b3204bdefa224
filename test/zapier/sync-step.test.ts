import { beforeEach, describe, expect, it } from '@jest/globals';
import { signedIn } from './support/auth-data.ts';
import { enterAda, membersOf, startContactZaps } from './support/contact-people.ts';
import { CONTACT_RECIPE } from './support/contact-recipe.ts';
import { atRealTime, usePackagedApp } from './support/use-packaged-app.ts';
import { wordFor, type ZapPair } from './support/zap-pair.ts';

const stage = usePackagedApp(atRealTime);
let zaps: ZapPair;

beforeEach(() => {
  zaps = startContactZaps(stage);
});

describe('a sync step', () => {
  async function firstItem(): Promise<{ record: string }> {
    enterAda(stage.sandbox);
    const [item] = await zaps.poll('mailchimp');
    if (item === undefined) throw new Error('Nothing came');
    return item;
  }

  it('says which records it takes', async () => {
    const item = await firstItem();
    expect(wordFor(await zaps.act('salesforce', item))).toContain(
      'This step writes to Salesforce and takes records of Mailchimp.',
    );
  });

  it('says so when the record is none of a trigger', async () => {
    expect(wordFor(await zaps.act('mailchimp', { record: 'ada@lovelace.test' }))).toContain(
      'Record for Sync Steps',
    );
  });

  it('names every fault of a recipe with its line', async () => {
    const item = await firstItem();
    const inputData = {
      recipe: CONTACT_RECIPE.replace('FNAME', 'FNAM').replace('policy: review', 'policy: mine'),
    };
    expect(wordFor(await zaps.act('mailchimp', item, { inputData }))).toMatch(/line \d+: /);
  });

  it('only says what it would do, where it is to preview', async () => {
    const { record } = await firstItem();

    const outcome = await stage.app.call('creates.sync_to_mailchimp.operation.perform', {
      authData: signedIn(stage.sandbox).mailchimp,
      inputData: { recipe: CONTACT_RECIPE, record, preview: true },
    });

    expect(outcome).toEqual({
      results: expect.objectContaining({
        outcome: 'planned',
        record: '',
        changes: expect.arrayContaining([expect.objectContaining({ to: 'Lovelace' })]),
      }),
    });
    expect(membersOf(stage.sandbox)).toEqual([]);
  });
});
