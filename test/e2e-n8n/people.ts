import { z } from 'zod';
import type { SimulatedSystems } from '../bench/simulated-systems.ts';

export const AUDIENCE = 'aud0000001';

const record = z.looseObject({});
const listing = z.object({ total: z.number(), records: z.array(record) });
const ALL = '100000';

const contactShape = z.looseObject({
  Id: z.string(),
  Email: z.string().transform((address) => address.toLowerCase()),
  FirstName: z.string().default(''),
  LastName: z.string(),
});
const memberShape = z.looseObject({
  contact_id: z.string(),
  email_address: z.string().transform((address) => address.toLowerCase()),
  status: z.string(),
  merge_fields: z.looseObject({ FNAME: z.string(), LNAME: z.string() }),
});

/** A person as both systems have to agree: one line, to be compared. */
export type PersonLine = string;

export type Contact = z.infer<typeof contactShape>;
export type Member = z.infer<typeof memberShape>;

export async function readContacts(systems: Pick<SimulatedSystems, 'admin'>): Promise<Contact[]> {
  const search = new URLSearchParams({ system: 'salesforce', object: 'Contact', limit: ALL });
  return z.array(contactShape).parse(listing.parse(await systems.admin('GET', `records?${search}`)).records);
}

export async function readMembers(systems: Pick<SimulatedSystems, 'admin'>): Promise<Member[]> {
  const search = new URLSearchParams({ system: 'mailchimp', list: AUDIENCE, limit: ALL });
  return z.array(memberShape).parse(listing.parse(await systems.admin('GET', `records?${search}`)).records);
}

export function linesOfContacts(contacts: readonly Contact[]): PersonLine[] {
  return contacts.map(({ Email, FirstName, LastName }) => `${Email} ${FirstName} ${LastName}`).sort();
}

export function linesOfMembers(members: readonly Member[]): PersonLine[] {
  return members
    .map(({ email_address, merge_fields: { FNAME, LNAME } }) => `${email_address} ${FNAME} ${LNAME}`)
    .sort();
}

/** Where a member names its contact; the audience of the sandbox has the stamp already. */
export async function addPartnerField(systems: Pick<SimulatedSystems, 'admin'>): Promise<void> {
  await systems.admin('POST', 'mailchimp/merge-field', {
    list: AUDIENCE,
    tag: 'SFID',
    change: { kind: 'add', field: { name: 'Salesforce ID', type: 'text', public: false } },
  });
}
