import { findAudience } from '../mailchimp/account.ts';
import type { Audience } from '../mailchimp/audience.ts';
import { type AudienceLayout, layOutAudience } from './audience-fields.ts';
import type { CrmValues } from './contact-values.ts';
import { plantRecord } from './crm-planting.ts';
import type { Dice } from './dice.ts';
import type { Draft, MessTools } from './draft.ts';
import { draftMember, plantMember } from './member-draft.ts';
import { makeMess } from './mess.ts';
import type { NamePool } from './name-pools.ts';
import { AddressBook, makePerson, type Person } from './person.ts';
import { plainPerson } from './plain-person.ts';
import type { SeedGround, SeedManifest, SeedOptions } from './seed.ts';

/** People of one kind: contacts or leads, and the members that go with them. */
export interface Group {
  object: 'Contact' | 'Lead';
  audienceId: string;
  /** About how many records each side gets. */
  count: number;
  recordOf: (person: Person) => CrmValues;
}

const DAY_S = 24 * 3600;
/** How far back the seeded records' last changes go. */
export const SPAN_S = 300 * DAY_S;

export function seedGroup(
  ground: SeedGround,
  group: Group,
  options: SeedOptions,
  pools: readonly NamePool[],
  dice: Dice,
  manifest: SeedManifest,
): void {
  const { account } = ground.mailchimp;
  const audience = findAudience(account, group.audienceId);
  const layout = layOutAudience(account, audience);
  const nowS = Math.floor(ground.world.clock.now() / 1000);
  const planting: Planting = { ground, group, audience, layout, manifest, nowS };
  const exact = options.exact ?? false;
  const shared = exact ? 1 : (options.shared ?? 0.7);
  const mess = exact ? 0 : (options.mess ?? 0.25);
  // Each side knows the shared people and half of the others.
  const people = Math.round(group.count / (shared + (1 - shared) / 2));

  const before = audience.members.size;
  const book = new AddressBook((email) => before > 0 && audience.members.byEmail(email) !== undefined);
  const tools: MessTools = {
    dice,
    book,
    makeOther: () => makePerson(dice, pools, new AddressBook()),
    recordOf: group.recordOf,
  };
  for (let i = 0; i < people; i++) {
    const person = exact ? plainPerson(dice, dice.pick(pools), before + i) : makePerson(dice, pools, book);
    const isShared = exact || dice.chance(shared);
    const isCrmOnly = !isShared && dice.chance(0.5);
    const draft: Draft = {
      person,
      crm: isShared || isCrmOnly ? [group.recordOf(person)] : [],
      members: isShared || !isCrmOnly ? [draftMember(person)] : [],
    };
    if (mess > 0 && dice.chance(mess)) {
      const kind = makeMess(draft, tools);
      if (kind !== undefined) manifest.mess[kind] = (manifest.mess[kind] ?? 0) + 1;
    }
    // In exact data time runs with the records, which spares sorting half a million of them.
    const age = exact ? i / people : dice.whole(100_000) / 100_000;
    if (options.only === 'salesforce') draft.members = [];
    if (options.only === 'mailchimp') draft.crm = [];
    plant(planting, draft, age, exact ? 0 : dice.whole(DAY_S));
  }
  manifest.mailchimp[group.audienceId] = audience.members.size;
}

interface Planting {
  ground: SeedGround;
  group: Group;
  audience: Audience;
  layout: AudienceLayout;
  manifest: SeedManifest;
  nowS: number;
}

/** @param age 0 for the oldest, towards 1 for the newest @param delayS by how much Mailchimp's change is later */
function plant(planting: Planting, draft: Draft, age: number, delayS: number): void {
  const { ground, group, audience, layout, manifest, nowS } = planting;
  const crmS = nowS - SPAN_S + Math.floor(age * (SPAN_S - DAY_S));
  const counted = group.object === 'Contact' ? 'contacts' : 'leads';
  for (const values of draft.crm) plantRecord(ground.salesforce.org, group.object, values, crmS * 1000);
  manifest.salesforce[counted] += draft.crm.length;
  const changedS = crmS + delayS;
  for (const member of draft.members) {
    plantMember(ground.mailchimp.account, audience, layout, member, changedS - 30 * DAY_S, changedS);
  }
  if (draft.crm.length > 0 && draft.members.length > 0) manifest.matched[counted] += 1;
}
