import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Shown } from 'stackbridge/scenarios/screens.ts';
import { FIELDS, type Life, type Person } from './life.ts';

/** Lets two syncs go by in peace, and tells every promise that does not hold then. */
export async function reckon(life: Life): Promise<string[]> {
  const wrongs: string[] = [];
  for (let quiet = 0; quiet < 2; quiet++) {
    life.calmDown();
    await life.sync();
  }
  for (const full of [false, true]) {
    const outcome = await life.sync(full);
    if (outcome.kind !== 'ended') continue;
    const { stoppedBy, writes } = outcome.summary;
    if (stoppedBy !== undefined) wrongs.push(`stopped by ${stoppedBy}: ${outcome.message ?? ''}`);
    const written = (writes.salesforce ?? 0) + (writes.mailchimp ?? 0);
    if (written > 0) wrongs.push(`${full ? 'a full' : 'a third'} sync wrote ${written} records`);
  }
  wrongs.push(...doubled(life));

  const parked = await life.session.parked();
  const ids = life.people.flatMap(({ contact, member }) => [contact ?? [], member ?? []].flat());
  const audit = await life.session.audit(ids);
  for (const [index, person] of life.people.entries()) {
    const isParked = parked.some(
      ({ leftId, rightId }) =>
        (leftId !== undefined && leftId === person.contact) ||
        (rightId !== undefined && rightId === person.member),
    );
    wrongs.push(...wrongsOf(person, isParked, life, audit).map((wrong) => `person ${index}: ${wrong}`));
  }
  return wrongs;
}

/** One person, one record. */
function doubled({ people, screens }: Life): string[] {
  const live = (records: readonly Shown[]): number => records.filter(({ isGone }) => !isGone).length;
  const contacts = live(screens.show('salesforce', 'Contact'));
  const members = live(screens.show('mailchimp', 'Newsletter'));
  const wrongs: string[] = [];
  if (contacts > people.length) wrongs.push(`${contacts} contacts of ${people.length} people`);
  if (members > people.length) wrongs.push(`${members} members of ${people.length} people`);
  return wrongs;
}

function wrongsOf(person: Person, isParked: boolean, life: Life, audit: readonly AuditEntry[]): string[] {
  const contact = life.liveContact(person);
  const member = life.liveMember(person);
  const status = String(member?.values.status ?? '');
  const wrongs: string[] = [];
  if (person.isOut && ['subscribed', 'pending'].includes(status)) wrongs.push(`is out, and ${status}`);
  if (person.isRelative || isParked) return wrongs;
  if (contact === undefined || member === undefined) {
    // A relative's opt-out keeps a shared address out of the audience.
    const isClosed = person.isOut || life.people.some(({ isRelative, isOut }) => isRelative && isOut);
    const isExpected = isClosed || wasEverGone(person, life);
    return isExpected ? wrongs : [...wrongs, 'is on one side only'];
  }
  const { screens } = life;
  if (person.isOut && contact.values.HasOptedOutOfEmail !== true)
    wrongs.push('is out, and the CRM does not say so');
  const address = screens.addressIn('salesforce', contact.values);
  if (address !== screens.addressIn('mailchimp', member.values)) wrongs.push('has two addresses');
  if (topicsOf(contact, 'crm') !== topicsOf(member, 'mail'))
    wrongs.push(`topics are ${topicsOf(contact, 'crm')} and ${topicsOf(member, 'mail')}`);
  for (const field of ['first', 'last', 'title'] as const)
    wrongs.push(...wrongsOfField(person, field, contact, member, life, audit));
  return wrongs;
}

/** Both sides hold one value: of the last ones that people entered, and what lost can be restored. */
function wrongsOfField(
  person: Person,
  field: keyof typeof FIELDS,
  contact: Shown,
  member: Shown,
  { hasLostState, people }: Life,
  audit: readonly AuditEntry[],
): string[] {
  const { crm, mail, rule } = FIELDS[field];
  const left = tidy(contact.values[crm]);
  const right = tidy(mergeField(member, mail));
  if (left !== right) return [`${crm} is ${left}, ${mail} is ${right}`];
  const edits = Object.values(person.last[field]).sort((one, other) => other.at - one.at);
  const [newest] = edits;
  // Without its memory a sync may refill what was emptied, and a relative may have come into the member.
  if (newest === undefined || hasLostState || people.some(({ isRelative }) => isRelative)) return [];
  if (tidy(newest.value) === left) return [];
  if (!edits.some(({ value }) => tidy(value) === left))
    return [`${crm} is ${left}, which nobody entered last`];
  const ids = [person.contact, person.member];
  const isRestorable = audit.some(
    (entry) => entry.field === rule && ids.includes(entry.recordId) && entry.before === tidy(newest.value),
  );
  const isEqualInTime = edits.every(({ at }) => at === newest.at);
  return isRestorable || isEqualInTime ? [] : [`${crm} lost ${tidy(newest.value)} to ${left}`];
}

function wasEverGone({ contact, member }: Person, { screens }: Life): boolean {
  const isGone = (system: 'salesforce' | 'mailchimp', collection: string, id: string | undefined): boolean =>
    id !== undefined && screens.show(system, collection, [id])[0]?.isGone !== false;
  return isGone('salesforce', 'Contact', contact) || isGone('mailchimp', 'Newsletter', member);
}

function mergeField({ values }: Shown, tag: string): unknown {
  const fields = values.merge_fields;
  return typeof fields === 'object' && fields !== null ? new Map(Object.entries(fields)).get(tag) : undefined;
}

function topicsOf({ values }: Shown, where: 'crm' | 'mail'): string {
  if (where === 'crm')
    return String(values.Newsletter_Topics__c ?? '')
      .split(';')
      .sort()
      .join(';');
  const interests = values.interests;
  const topics =
    typeof interests === 'object' && interests !== null
      ? new Map(Object.entries(interests)).get('Topics')
      : undefined;
  return Array.isArray(topics) ? topics.map(String).sort().join(';') : '';
}

function tidy(value: unknown): string {
  return typeof value === 'string' ? value.trim().normalize('NFC') : '';
}
