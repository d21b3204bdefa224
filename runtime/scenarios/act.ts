import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import type { Cast, Place } from './cast.ts';
import { type Handles, namesIn } from './handle.ts';
import { numbered, numberOf, type RecordValues } from './record-values.ts';
import type { CrmOrMail, Screens } from './screens.ts';
import { administrate } from './stage-given.ts';
import type { PeopleStep } from './step.ts';

/** The world in which people act. */
export interface Scene {
  readonly sandbox: Sandbox;
  readonly screens: Screens;
  readonly cast: Cast;
}

/** What a person or an administrator does, or what befalls the systems. Throws when the scenario asks for nonsense. */
export function act(step: PeopleStep, { sandbox, screens, cast }: Scene): void {
  const each = (system: CrmOrMail, who: Handles, then: (place: Place, name: string) => void): void => {
    for (const name of namesIn(who)) then(cast.only(system, name), name);
  };
  const eachMember = (who: Handles, action: string, input: RecordValues = {}): void =>
    each('mailchimp', who, ({ collection, id }) =>
      screens.member(action, collection, { contact_id: id, ...input }),
    );

  if (step.edit !== undefined) {
    const { edit } = step;
    const [system, who]: [CrmOrMail, Handles] =
      'salesforce' in edit ? ['salesforce', edit.salesforce] : ['mailchimp', edit.mailchimp];
    each(system, who, ({ collection, id }, name) =>
      screens.edit(system, collection, id, numbered(edit.set, numberOf(name))),
    );
  }
  if (step.create !== undefined) {
    const { create } = step;
    const [system, collection]: [CrmOrMail, string] =
      'salesforce' in create ? ['salesforce', create.salesforce] : ['mailchimp', create.mailchimp];
    cast.enter(create.as, { system, collection, id: screens.create(system, collection, create.with) });
  }
  if (step['sign-up'] !== undefined) {
    const { audience, as, with: values } = step['sign-up'];
    cast.enter(as, { system: 'mailchimp', collection: audience, id: screens.signUp(audience, values) });
  }
  if (step.delete !== undefined)
    each('salesforce', step.delete.salesforce, ({ collection, id }) => screens.delete(collection, id));
  if (step.undelete !== undefined)
    each('salesforce', step.undelete.salesforce, ({ id }) => screens.act('salesforce', 'undelete', { id }));
  if (step.merge !== undefined) {
    const { winner, losers } = step.merge;
    screens.act('salesforce', 'merge', {
      winner: cast.only('salesforce', winner).id,
      losers: losers.map((name) => cast.only('salesforce', name).id),
    });
  }
  if (step.convert !== undefined) {
    const { lead, contact, into } = step.convert;
    const target = into === undefined ? {} : { contact: cast.only('salesforce', into).id };
    const request = { lead: cast.only('salesforce', lead).id, ...target };
    const { contactId } = conversion.parse(screens.act('salesforce', 'convert', request));
    if (contact !== undefined)
      cast.enter(contact, { system: 'salesforce', collection: 'Contact', id: contactId });
  }
  if (step.subscribe !== undefined) {
    const { mailchimp, by } = step.subscribe;
    each('mailchimp', mailchimp, ({ collection, id }) => {
      const [member] = screens.show('mailchimp', collection, [id]);
      if (member === undefined) throw new RangeError('Who was deleted for good comes back by `sign-up`');
      const email = screens.addressIn('mailchimp', member.values);
      screens.member('subscribe', collection, { email, ...doneBy(by) });
    });
  }
  if (step.unsubscribe !== undefined)
    eachMember(step.unsubscribe.mailchimp, 'unsubscribe', doneBy(step.unsubscribe.by));
  if (step.archive !== undefined) eachMember(step.archive.mailchimp, 'archive');
  if (step.clean !== undefined) eachMember(step.clean.mailchimp, 'clean');
  if (step['delete-permanent'] !== undefined)
    eachMember(step['delete-permanent'].mailchimp, 'delete-permanent');
  if (step['change-email'] !== undefined)
    eachMember(step['change-email'].mailchimp, 'change-email', { new_email: step['change-email'].to });
  if (step.administrator !== undefined) administrate(withId(step.administrator, cast), screens);
  if (step.fault !== undefined) sandbox.world.faults.add(step.fault);
  if (step['clear-faults'] !== undefined) sandbox.world.faults.clear();
  if (step['sign-in'] !== undefined) {
    sandbox.salesforce.auth.reinstate();
    sandbox.mailchimp.account.isRevoked = false;
  }
  if (step.advance !== undefined) sandbox.world.clock.advance(step.advance);
}

/** An action on one record names whom it is about: `of: ada` stands for her id. */
function withId(action: Readonly<Record<string, unknown>>, cast: Cast): RecordValues {
  const { of, ...rest } = action;
  if (typeof of !== 'string') return action;
  const system = typeof action.mailchimp === 'string' ? 'mailchimp' : 'salesforce';
  return { ...rest, id: cast.only(system, of).id };
}

const conversion = z.object({ contactId: z.string() });

function doneBy(by: 'person' | 'administrator'): RecordValues {
  return { by: by === 'person' ? 'self' : 'admin' };
}
