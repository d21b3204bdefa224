import { describe, expect, it } from '@jest/globals';
import { signedIn } from './support/auth-data.ts';
import { membersOf } from './support/contact-people.ts';
import { AUDIENCE } from './support/contact-recipe.ts';
import { atRealTime, usePackagedApp } from './support/use-packaged-app.ts';
import { wordFor } from './support/zap-pair.ts';

const stage = usePackagedApp(atRealTime);

describe('leaving an audience', () => {
  const leave = (inputData: Readonly<Record<string, unknown>>) =>
    stage.app.call('creates.mailchimp_leave.operation.perform', {
      authData: signedIn(stage.sandbox).mailchimp,
      inputData: { audience: AUDIENCE, ...inputData },
    });
  const enter = () =>
    stage.sandbox.mailchimp.desk.create(AUDIENCE, {
      email_address: 'ada@lovelace.test',
      status: 'subscribed',
    });

  it.each([
    ['unsubscribe', 'unsubscribed'],
    ['archive', 'archived'],
  ])('to %s is done once, however often the step is replayed', async (how, status) => {
    enter();
    const first = wordFor(await leave({ email: 'Ada@Lovelace.test', how }));
    const again = wordFor(await leave({ email: 'Ada@Lovelace.test', how }));
    expect([first, again, membersOf(stage.sandbox)[0]?.status]).toEqual([status, 'unchanged', status]);
  });

  it('leaves who was archived before where they are: an opt-out would bring them back', async () => {
    enter();
    await leave({ email: 'ada@lovelace.test', how: 'archive' });
    expect(wordFor(await leave({ email: 'ada@lovelace.test', how: 'unsubscribe' }))).toBe('unchanged');
    expect(membersOf(stage.sandbox)[0]?.status).toBe('archived');
  });

  it('says that nobody has this address', async () => {
    expect(wordFor(await leave({ email: 'nobody@lovelace.test' }))).toBe('not in the audience');
  });
});
