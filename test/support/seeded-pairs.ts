import { z } from 'zod';
import type { CommandBench } from './command-line.ts';

/** The audience that seeded contacts have their members in. */
export const NEWSLETTER = 'aud0000001';

const contact = z.object({ Id: z.string(), Email: z.string().optional(), Title: z.string().optional() });
const member = z.object({
  contact_id: z.string(),
  email_address: z.string(),
  status: z.string(),
});

/** A person known to both sides of a sandbox. */
export interface SeededPair {
  readonly contactId: string;
  readonly memberId: string;
  readonly email: string;
}

/** People with one contact and one subscribed member, in the order of the contacts. */
export async function seededPairs(bench: CommandBench): Promise<SeededPair[]> {
  const contacts = z
    .object({ records: z.array(contact) })
    .parse(await bench.admin('/records?system=salesforce&object=Contact&limit=10000')).records;
  const members = z
    .object({ records: z.array(member) })
    .parse(await bench.admin(`/records?system=mailchimp&list=${NEWSLETTER}&limit=10000`)).records;
  const byEmail = Map.groupBy(contacts, ({ Email = '' }) => Email.toLowerCase());
  return members.flatMap(({ contact_id, email_address, status }) => {
    const [one, ...others] = byEmail.get(email_address.toLowerCase()) ?? [];
    if (one === undefined || others.length > 0 || status !== 'subscribed') return [];
    return [{ contactId: one.Id, memberId: contact_id, email: email_address }];
  });
}

/** Gives both sides another title at the same moment: two clocks cannot order that. */
export async function disagree(
  { contactId, memberId }: SeededPair,
  titles: { readonly salesforce: string; readonly mailchimp: string },
  bench: CommandBench,
): Promise<void> {
  await bench.admin(
    '/records',
    { system: 'salesforce', object: 'Contact', id: contactId, values: { Title: titles.salesforce } },
    'PATCH',
  );
  await bench.admin(
    '/records',
    {
      system: 'mailchimp',
      list: NEWSLETTER,
      id: memberId,
      values: { merge_fields: { TITLE: titles.mailchimp } },
    },
    'PATCH',
  );
}
