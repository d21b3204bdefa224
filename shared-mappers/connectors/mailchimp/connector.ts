import type { SystemClient } from '../../http/system-client.ts';
import type { Connector } from '../../ports/connector.ts';
import { type Audience, findAudience } from './audience.ts';
import { MAILCHIMP_CAPABILITIES } from './capabilities.ts';
import { describeMailchimp } from './describe.ts';
import { createReader } from './read.ts';
import { createWriter } from './write.ts';

export interface MailchimpConnectorOptions {
  /** Of system `mailchimp`, with `mailchimpLimits` and `interpretMailchimp`. */
  readonly client: SystemClient;
  /** Name of the audience, or its id. */
  readonly audience: string;
  /** Its id, where an earlier `describe` has told it (`ObjectSchema.object`): saves the call that finds it. */
  readonly audienceId?: string;
}

/** The members of one audience. */
export function createMailchimpConnector(options: MailchimpConnectorOptions): Connector {
  const { client, audience: nameOrId, audienceId } = options;
  let known: Promise<Audience> | undefined;

  function audience(): Promise<Audience> {
    if (known !== undefined) return known;
    const found =
      audienceId === undefined
        ? findAudience(client, nameOrId)
        : Promise.resolve({ id: audienceId, name: nameOrId, members: undefined });
    known = found;
    // What failed once may work the next time.
    found.catch(() => {
      known = undefined;
    });
    return found;
  }

  return {
    system: 'mailchimp',
    object: 'member',
    capabilities: MAILCHIMP_CAPABILITIES,
    describe: async () => describeMailchimp(client, await audience()),
    ...createReader(client, audience),
    ...createWriter(client, audience),
  };
}
