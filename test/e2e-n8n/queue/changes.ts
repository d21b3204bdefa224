import { z } from 'zod';
import type { SimulatedSystems } from '../../bench/simulated-systems.ts';
import { AUDIENCE } from '../people.ts';

/** What a webhook says: which person to look at, nothing of what has changed. */
export type Event = { readonly salesforceId: string } | { readonly memberId: string };

const created = z.object({ id: z.string() });

/** People nobody has synced yet, half of them in each system; each is told of twice, far apart. */
export async function changePeople(
  systems: Pick<SimulatedSystems, 'admin'>,
  count: number,
): Promise<Event[]> {
  const events: Event[] = [];
  for (let n = 0; n < count; n += 1) {
    const Email = `person-${n}@people.test`;
    if (n % 2 === 0) {
      const values = { Email, FirstName: `First ${n}`, LastName: `Last ${n}` };
      const { id } = created.parse(
        await systems.admin('POST', 'records', { system: 'salesforce', object: 'Contact', values }),
      );
      events.push({ salesforceId: id });
    } else {
      const values = { email_address: Email, merge_fields: { FNAME: `First ${n}`, LNAME: `Last ${n}` } };
      const { id } = created.parse(
        await systems.admin('POST', 'records', { system: 'mailchimp', list: AUDIENCE, values }),
      );
      events.push({ memberId: id });
    }
  }
  return [...events, ...events];
}
