import { z } from 'zod';
import type { SimulatedSystems } from '../../bench/simulated-systems.ts';
import { AUDIENCE } from '../people.ts';

/** What a webhook says: which person to look at, nothing of what has changed. */
export type Event = { readonly salesforceId: string } | { readonly memberId: string };

const created = z.object({ id: z.string() });

/**
 * People nobody has synced yet, half of them in each system.
 *
 * @returns each of them once, then those of Salesforce again: Mailchimp tells of its own
 */
export async function changePeople(
  systems: Pick<SimulatedSystems, 'admin'>,
  count: number,
): Promise<Event[]> {
  const contacts: Event[] = [];
  const members: Event[] = [];
  for (let n = 0; n < count; n += 1) {
    const Email = `person-${n}@people.test`;
    if (n % 2 === 0) {
      const values = { Email, FirstName: `First ${n}`, LastName: `Last ${n}` };
      const { id } = created.parse(
        await systems.admin('POST', 'records', { system: 'salesforce', object: 'Contact', values }),
      );
      contacts.push({ salesforceId: id });
    } else {
      const values = { email_address: Email, merge_fields: { FNAME: `First ${n}`, LNAME: `Last ${n}` } };
      const { id } = created.parse(
        await systems.admin('POST', 'records', { system: 'mailchimp', list: AUDIENCE, values }),
      );
      members.push({ memberId: id });
    }
  }
  return [...contacts, ...members, ...contacts];
}
