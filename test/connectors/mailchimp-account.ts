import type { FaultEffect } from '@stackbridge/sandbox/faults.ts';
import { findAudience } from '@stackbridge/sandbox/mailchimp/account.ts';
import type { Audience } from '@stackbridge/sandbox/mailchimp/audience.ts';
import type { Member } from '@stackbridge/sandbox/mailchimp/member.ts';
import { type MemberValues, subscribe } from '@stackbridge/sandbox/mailchimp/people-actions.ts';
import { createMailchimpConnector } from '@stackbridge/shared-mappers/connectors/mailchimp/connector.ts';
import { interpretMailchimp } from '@stackbridge/shared-mappers/connectors/mailchimp/errors.ts';
import { mailchimpLimits } from '@stackbridge/shared-mappers/connectors/mailchimp/limits.ts';
import type { SystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { Access } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import { createHttp } from 'stackbridge/http.ts';
import { type ServedMailchimp, serveMailchimp } from '../sandbox/mailchimp/served-mailchimp.ts';
import { createTestClient } from '../support/test-client.ts';

export const LIST = 'aud0000001';

/** A simulated account on a socket, and a connector to its audience "Newsletter". */
export interface MailchimpAccount {
  readonly connector: Connector;
  readonly client: SystemClient;
  readonly audience: Audience;
  readonly served: ServedMailchimp;
  /** Somebody joins by the form. */
  join(email: string, values?: MemberValues): Member;
  member(email: string): Member | undefined;
  /** Calls so far, by the sandbox's names of them, in order of the names. */
  calls(): Record<string, number>;
  fault(operation: string, effect: FaultEffect, times?: number): void;
  close(): Promise<void>;
}

export async function openMailchimp(): Promise<MailchimpAccount> {
  const served = await serveMailchimp({ listens: true });
  const { world, mailchimp } = served;
  const http = createHttp();
  const access: Access = {
    baseUrl: `${world.origin}/mailchimp/3.0`,
    headers: { authorization: `Bearer ${mailchimp.apiKey}` },
  };
  const { client } = createTestClient({
    system: 'mailchimp',
    http,
    interpret: interpretMailchimp,
    limits: mailchimpLimits(),
    connection: { system: 'mailchimp', access: async () => access, renew: async () => access },
  });
  const audience = findAudience(mailchimp.account, LIST);
  return {
    connector: createMailchimpConnector({ client, audience: 'Newsletter', audienceId: LIST }),
    client,
    audience,
    served,
    join: (email, values) => subscribe(mailchimp.account, LIST, email, 'self', values),
    member: (email) => audience.members.byEmail(email),
    calls: () => Object.fromEntries(Object.entries(world.calls.counts().mailchimp?.operations ?? {}).sort()),
    fault: (operation, effect, times = 1) =>
      void world.faults.add({ system: 'mailchimp', operation, effect, times }),
    async close() {
      await http.close();
      await served.close();
    },
  };
}
