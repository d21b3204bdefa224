import { describe, expect, test } from '@jest/globals';
import { emailFault } from '../../sandbox/mailchimp/email-address.ts';
import { createMailchimp, type Mailchimp } from '../../sandbox/mailchimp/mailchimp.ts';
import type { Member } from '../../sandbox/mailchimp/member.ts';
import { CONTACT_AUDIENCE, LEAD_AUDIENCE, type SeedGround, seedPeople } from '../../sandbox/people/seed.ts';
import { Org } from '../../sandbox/salesforce/org.ts';
import type { Row } from '../../sandbox/salesforce/row.ts';
import { createWorld } from '../../sandbox/world.ts';

function emptyGround(): SeedGround & { mailchimp: Mailchimp } {
  const world = createWorld();
  return { world, salesforce: { org: new Org(world) }, mailchimp: createMailchimp(world) };
}

const contactsOf = (ground: SeedGround): Row[] => [...ground.salesforce.org.store('Contact').rows()];
const membersOf = (ground: SeedGround, audience = CONTACT_AUDIENCE): Member[] => [
  ...(ground.mailchimp.account.audiences.get(audience)?.members.all() ?? []),
];

describe('seeded people', () => {
  test('are the same for the same seed, others for another', () => {
    const seeded = (seed: number): unknown => {
      const ground = emptyGround();
      const manifest = seedPeople(ground, { seed, contacts: 60 });
      return { manifest, contacts: contactsOf(ground), snapshot: ground.mailchimp.snapshot() };
    };

    const first = seeded(7);

    expect(seeded(7)).toEqual(first);
    expect(seeded(8)).not.toEqual(first);
  });

  test('come in about the number asked, most of them known to both sides, and are counted', () => {
    const ground = emptyGround();

    const manifest = seedPeople(ground, { contacts: 1000 });

    const stores = ground.salesforce.org;
    expect(manifest).toMatchObject({
      salesforce: {
        accounts: stores.store('Account').size,
        contacts: stores.store('Contact').size,
        leads: stores.store('Lead').size,
      },
      mailchimp: {
        [CONTACT_AUDIENCE]: membersOf(ground).length,
        [LEAD_AUDIENCE]: membersOf(ground, LEAD_AUDIENCE).length,
      },
    });
    expect(manifest.salesforce.contacts).toBeGreaterThan(950);
    expect(manifest.salesforce.contacts).toBeLessThan(1150);
    expect(manifest.mailchimp[CONTACT_AUDIENCE]).toBeGreaterThan(950);
    expect(manifest.salesforce.leads).toBeGreaterThan(80);
    expect(manifest.matched.contacts / 1000).toBeCloseTo(0.82, 1);
  });

  test('have every kind of mess that real records have', () => {
    const manifest = seedPeople(emptyGround(), { contacts: 3000, mess: 0.9 });

    const absent = Object.entries(manifest.mess).filter(([, count]) => count === 0);
    expect(absent).toEqual([]);
  });

  test('can reach nobody: their addresses end in .test, but for the few that Mailchimp must refuse', () => {
    const ground = emptyGround();
    const manifest = seedPeople(ground, { contacts: 2000 });

    const addresses = contactsOf(ground).map((row) => row.Email ?? null);
    const others = addresses.filter((email) => email !== null && !/\.test$/i.test(String(email)));
    expect(others).toHaveLength(manifest.mess['fake-email'] ?? 0);
    expect(membersOf(ground).filter(({ email }) => emailFault(email) !== undefined)).toEqual([]);
  });

  test('fit the fields of Salesforce', () => {
    const ground = emptyGround();
    seedPeople(ground, { contacts: 2000, mess: 0.9 });

    const limits = new Map([
      ['FirstName', 40],
      ['LastName', 80],
      ['Email', 80],
      ['Phone', 40],
      ['Title', 128],
      ['MailingStreet', 255],
      ['MailingCity', 40],
      ['MailingState', 80],
      ['MailingPostalCode', 20],
    ]);
    const tooLong = contactsOf(ground).flatMap((row) =>
      [...limits]
        .filter(([field, limit]) => String(row[field] ?? '').length > limit)
        .map(([field]) => row[field]),
    );
    expect(tooLong).toEqual([]);
  });

  test('write in many scripts', () => {
    const ground = emptyGround();
    seedPeople(ground, { contacts: 1000 });

    const names = contactsOf(ground).map((row) => String(row.LastName));
    for (const script of ['Latin', 'Han', 'Arabic', 'Greek']) {
      const letters = new RegExp(`\\p{Script=${script}}`, 'u');
      expect(names.some((name) => letters.test(name))).toBe(true);
    }
    expect(names.some((name) => /[äöüéñłşč]/i.test(name))).toBe(true);
  });

  test('that must be exact are on both sides, equal in what both hold', () => {
    const ground = emptyGround();
    const manifest = seedPeople(ground, { contacts: 500, exact: true });

    const slots = new Map(
      ground.mailchimp.account.audiences
        .get(CONTACT_AUDIENCE)
        ?.mergeFields.map(({ tag, slot }) => [tag, slot]),
    );
    const byEmail = new Map(membersOf(ground).map((member) => [member.email, member]));
    const unlike = contactsOf(ground).filter((row) => {
      const member = byEmail.get(String(row.Email));
      const merge = (tag: string): unknown => member?.merge[slots.get(tag) ?? -1];
      return !(
        merge('FNAME') === row.FirstName &&
        merge('LNAME') === row.LastName &&
        merge('PHONE') === row.Phone &&
        merge('TITLE') === row.Title &&
        merge('TIER') === row.Customer_Tier__c &&
        merge('POINTS') === row.Loyalty_Points__c &&
        Object(merge('ADDRESS')).addr1 === row.MailingStreet
      );
    });
    expect(manifest).toMatchObject({
      salesforce: { contacts: 500, leads: 0 },
      mailchimp: { [CONTACT_AUDIENCE]: 500 },
      matched: { contacts: 500 },
    });
    expect(unlike).toEqual([]);
  });
});
