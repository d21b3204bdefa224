import type { Account } from '@stackbridge/sandbox/mailchimp/account.ts';
import { layOutAudience } from '@stackbridge/sandbox/people/audience-fields.ts';
import type { JsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { WriteRequest, WriteResult } from '@stackbridge/shared-mappers/ports/connector.ts';
import { type MailchimpAccount, openMailchimp } from './mailchimp-account.ts';

/** The simulated account, with the fields of the sandbox's people, and what writing to its members leaves there. */
export interface MemberWrites extends MailchimpAccount {
  /** Where people do things by hand. */
  readonly desk: Account;
  write(...requests: readonly WriteRequest[]): Promise<readonly WriteResult[]>;
  firstName(email: string): string;
  tags(email: string): readonly (string | undefined)[] | undefined;
}

export async function openMemberWrites(): Promise<MemberWrites> {
  const account = await openMailchimp();
  const { audience, connector } = account;
  const desk = account.served.mailchimp.account;
  layOutAudience(desk, audience);
  return {
    ...account,
    desk,
    write: (...requests) => connector.write(requests),
    firstName: (email) => String(account.member(email)?.merge[0] ?? ''),
    tags: (email) => account.member(email)?.tags.map(({ id }) => audience.segments.get(id)?.name),
  };
}

export function create(email: string, more: JsonObject = {}): WriteRequest {
  return {
    action: 'create',
    email,
    sourceId: `003-${email}`,
    payload: { email_address: email, status: 'subscribed', ...more },
  };
}

export function shown(results: readonly WriteResult[]): string[] {
  return results.map((result) =>
    result.outcome === 'written' ? 'written' : `${result.outcome} ${result.error.code}`,
  );
}
