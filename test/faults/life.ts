import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { HostSession, SyncOutcome } from 'stackbridge/scenarios/host.ts';
import { runtimeHost } from 'stackbridge/scenarios/runtime-host.ts';
import { Screens, type Shown } from 'stackbridge/scenarios/screens.ts';

/** Something that people or systems do. `who` counts the people there are, modulo their number. */
export type Happening =
  | {
      readonly do: 'edit-crm' | 'edit-mail';
      readonly who: number;
      readonly field: Field;
      readonly value: string;
    }
  | {
      readonly do: 'opt-out' | 'unsubscribe' | 'move-crm' | 'move-mail' | 'delete' | 'archive';
      readonly who: number;
    }
  | { readonly do: 'join-crm' | 'join-mail' | 'sync' }
  | { readonly do: 'fault'; readonly system: string; readonly effect: Effect; readonly nth: number }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'crash'; readonly at: number; readonly after: boolean };

type Field = 'first' | 'last' | 'title';
type Effect = 'drop-before' | 'drop-after' | 'throttle' | 'server-error' | 'expire-token';

/** What came of a sequence of happenings: everything that broke a promise. */
export interface Life {
  readonly wrongs: readonly string[];
}

const FIELDS = {
  first: { crm: 'FirstName', mail: 'FNAME', rule: 'FirstName ↔ FNAME' },
  last: { crm: 'LastName', mail: 'LNAME', rule: 'LastName ↔ LNAME' },
  title: { crm: 'Title', mail: 'TITLE', rule: 'Title ↔ TITLE' },
} as const;

const RECIPE = `
recipe: contact-sync/v1
name: life
salesforce: { object: Contact }
mailchimp: { audience: Newsletter }
create: { salesforce: true, mailchimp: true }
fields:
  - { salesforce: FirstName, mailchimp: FNAME }
  - { salesforce: LastName, mailchimp: LNAME, policy: salesforce, default: Unknown }
  - { salesforce: Title, mailchimp: TITLE, policy: mailchimp }
consent: { salesforce: HasOptedOutOfEmail }
`;

interface Edit {
  readonly value: string;
  readonly at: number;
}

/** A person, and what the model remembers of what was done to them. */
interface Person {
  contact?: string;
  member?: string;
  isOut: boolean;
  readonly last: Record<Field, { crm?: Edit; mail?: Edit }>;
}

/** Lives through the happenings, lets two syncs go by in peace, and looks at what both systems hold then. */
export async function live(happenings: readonly Happening[]): Promise<Life> {
  const sandbox = await startSandbox();
  const session = await runtimeHost.prepare({
    sandbox,
    recipes: [{ name: 'life', text: RECIPE }],
    keepsBackups: false,
  });
  try {
    const world = new World(sandbox, session);
    for (const who of ['crm', 'crm', 'mail', 'mail'] as const) world.join(who);
    for (const happening of happenings) await world.happen(happening);
    return { wrongs: await world.reckon() };
  } finally {
    await session.close();
    await sandbox.close();
  }
}

class World {
  readonly #sandbox: Sandbox;
  readonly #session: HostSession;
  readonly #screens: Screens;
  readonly #people: Person[] = [];
  readonly #wrongs: string[] = [];
  #addresses = 0;
  /** The last sync went through without a crash or an open end. */
  #isCalm = true;

  constructor(sandbox: Sandbox, session: HostSession) {
    this.#sandbox = sandbox;
    this.#session = session;
    this.#screens = new Screens(sandbox);
  }

  join(where: 'crm' | 'mail'): void {
    const person: Person = { isOut: false, last: { first: {}, last: {}, title: {} } };
    const email = this.#freshAddress();
    const last = `Nr${this.#addresses}`;
    if (where === 'crm')
      person.contact = this.#screens.create('salesforce', 'Contact', { LastName: last, Email: email });
    else
      person.member = this.#screens.signUp('Newsletter', {
        email_address: email,
        merge_fields: { LNAME: last },
      });
    person.last.last[where] = { value: last, at: this.#now() };
    this.#people.push(person);
  }

  async happen(what: Happening): Promise<void> {
    switch (what.do) {
      case 'join-crm':
        return this.join('crm');
      case 'join-mail':
        return this.join('mail');
      case 'wait':
        return this.#sandbox.world.clock.advance(what.minutes * 60_000);
      case 'sync':
        return this.#sync();
      case 'crash':
        return this.#crash(what.at, what.after);
      case 'fault':
        return this.#fault(what);
      default:
        return this.#act(what);
    }
  }

  /** Time passes in peace; then everything promised is looked at. */
  async reckon(): Promise<string[]> {
    this.#sandbox.world.faults.clear();
    for (let quiet = 0; quiet < 2; quiet++) {
      this.#sandbox.world.clock.advance(7 * 3_600_000);
      await this.#sync();
    }
    for (const full of [false, true]) {
      const outcome = await this.#run(full);
      if (outcome.kind !== 'ended') continue;
      const { stoppedBy, writes } = outcome.summary;
      if (stoppedBy !== undefined) this.#wrongs.push(`stopped by ${stoppedBy}: ${outcome.message ?? ''}`);
      const written = (writes.salesforce ?? 0) + (writes.mailchimp ?? 0);
      if (written > 0) this.#wrongs.push(`${full ? 'a full' : 'a third'} sync wrote ${written} records`);
    }
    await this.#reckonPeople();
    return this.#wrongs;
  }

  #act(what: Extract<Happening, { readonly who: number }>): void {
    const person = this.#people[what.who % this.#people.length];
    if (person === undefined) return;
    const contact = this.#liveContact(person);
    const member = this.#liveMember(person);
    switch (what.do) {
      case 'edit-crm': {
        // Salesforce refuses a contact without a last name.
        if (contact === undefined || (what.field === 'last' && what.value.trim() === '')) return;
        this.#screens.edit('salesforce', 'Contact', contact.id, { [FIELDS[what.field].crm]: what.value });
        person.last[what.field].crm = { value: what.value, at: this.#now() };
        return;
      }
      case 'edit-mail': {
        if (member === undefined || (what.field === 'last' && what.value.trim() === '')) return;
        const merge_fields = { [FIELDS[what.field].mail]: what.value };
        this.#screens.edit('mailchimp', 'Newsletter', member.id, { merge_fields });
        person.last[what.field].mail = { value: what.value, at: this.#now() };
        return;
      }
      case 'opt-out':
        if (contact === undefined) return;
        this.#screens.edit('salesforce', 'Contact', contact.id, { HasOptedOutOfEmail: true });
        person.isOut = true;
        return;
      case 'unsubscribe':
        if (member?.values.status !== 'subscribed') return;
        this.#screens.member('unsubscribe', 'Newsletter', { contact_id: member.id });
        person.isOut = true;
        return;
      case 'move-crm':
        // What a crash left half created is found again by the address: until then nobody moves.
        if (contact !== undefined && this.#isCalm)
          this.#screens.edit('salesforce', 'Contact', contact.id, { Email: this.#freshAddress() });
        return;
      case 'move-mail':
        if (member?.values.status === 'subscribed' && this.#isCalm)
          this.#screens.member('change-email', 'Newsletter', {
            contact_id: member.id,
            new_email: this.#freshAddress(),
          });
        return;
      case 'delete':
        if (contact !== undefined) this.#screens.delete('Contact', contact.id);
        return;
      case 'archive':
        if (member !== undefined) this.#screens.member('archive', 'Newsletter', { contact_id: member.id });
        return;
    }
  }

  #fault({ system, effect, nth }: Extract<Happening, { do: 'fault' }>): void {
    const kinds = {
      'drop-before': { kind: 'drop-before' },
      'drop-after': { kind: 'drop-after' },
      throttle: { kind: 'throttle' },
      'server-error': { kind: 'status', status: 500 },
      'expire-token': { kind: 'expire-token' },
    } as const;
    this.#sandbox.world.faults.add({ system, nth, effect: kinds[effect] });
  }

  async #sync(): Promise<void> {
    const outcome = await this.#run(false);
    this.#isCalm = outcome.kind === 'ended' && outcome.exit === 0;
    this.#meet();
  }

  async #crash(at: number, after: boolean): Promise<void> {
    const when = after ? 'after' : 'before';
    const cutAt = { at, of: 'any', when } as const;
    await this.#session.sync({ recipe: 'life', allow: [], full: false, dryRun: false, cutAt });
    this.#isCalm = false;
    // The dead run's lease ends.
    this.#sandbox.world.clock.advance(6 * 60_000);
    this.#meet();
  }

  #run(full: boolean): Promise<SyncOutcome> {
    return this.#session.sync({ recipe: 'life', allow: [], full, dryRun: false });
  }

  /** Records that a sync has made are known by the address of the person's other record. */
  #meet(): void {
    const taken = new Set(this.#people.flatMap(({ contact, member }) => [contact, member]));
    const contacts = this.#screens.show('salesforce', 'Contact').filter(({ id }) => !taken.has(id));
    const members = this.#screens.show('mailchimp', 'Newsletter').filter(({ id }) => !taken.has(id));
    for (const person of this.#people) {
      const { contact, member } = person;
      if (contact === undefined && member !== undefined) {
        const made = this.#withAddress(contacts, 'salesforce', this.#addressOf('mailchimp', member));
        if (made !== undefined) person.contact = made;
      } else if (member === undefined && contact !== undefined) {
        const made = this.#withAddress(members, 'mailchimp', this.#addressOf('salesforce', contact));
        if (made !== undefined) person.member = made;
      }
    }
  }

  #addressOf(system: 'salesforce' | 'mailchimp', id: string): string {
    const [shown] = this.#screens.show(system, system === 'salesforce' ? 'Contact' : 'Newsletter', [id]);
    return shown === undefined ? '' : this.#screens.addressIn(system, shown.values);
  }

  #withAddress(
    records: readonly Shown[],
    system: 'salesforce' | 'mailchimp',
    address: string,
  ): string | undefined {
    return records.find(({ values }) => this.#screens.addressIn(system, values) === address)?.id;
  }

  async #reckonPeople(): Promise<void> {
    const parked = await this.#session.parked();
    const isParked = ({ contact, member }: Person): boolean =>
      parked.some(
        ({ leftId, rightId }) =>
          (leftId !== undefined && leftId === contact) || (rightId !== undefined && rightId === member),
      );
    const audit = await this.#session.audit(
      this.#people.flatMap(({ contact, member }) => [contact ?? [], member ?? []].flat()),
    );
    const liveContacts = this.#screens.show('salesforce', 'Contact').filter(({ isGone }) => !isGone);
    const liveMembers = this.#screens.show('mailchimp', 'Newsletter').filter(({ isGone }) => !isGone);
    if (liveContacts.length > this.#people.length)
      this.#wrongs.push(`${liveContacts.length} contacts of ${this.#people.length} people`);
    if (liveMembers.length > this.#people.length)
      this.#wrongs.push(`${liveMembers.length} members of ${this.#people.length} people`);

    for (const [index, person] of this.#people.entries()) {
      const contact = this.#liveContact(person);
      const member = this.#liveMember(person);
      if (
        person.isOut &&
        member !== undefined &&
        ['subscribed', 'pending'].includes(String(member.values.status))
      )
        this.#wrongs.push(`person ${index} is out, and ${member.values.status}`);
      if (contact === undefined || member === undefined) {
        if (this.#wasNeverGone(person) && !isParked(person) && !person.isOut)
          this.#wrongs.push(`person ${index} is on one side only`);
        continue;
      }
      if (person.isOut && contact.values.HasOptedOutOfEmail !== true)
        this.#wrongs.push(`person ${index} is out, and the CRM does not say so`);
      if (isParked(person)) continue;
      if (
        this.#screens.addressIn('salesforce', contact.values) !==
        this.#screens.addressIn('mailchimp', member.values)
      )
        this.#wrongs.push(`person ${index} has two addresses`);
      for (const field of ['first', 'last', 'title'] as const)
        this.#reckonField(index, person, field, contact, member, audit);
    }
  }

  #reckonField(
    index: number,
    person: Person,
    field: Field,
    contact: Shown,
    member: Shown,
    audit: readonly AuditEntry[],
  ): void {
    const { crm, mail, rule } = FIELDS[field];
    const left = tidy(contact.values[crm]);
    const merged = member.values.merge_fields;
    const right = tidy(new Map(Object.entries(merged ?? {})).get(mail));
    if (left !== right) {
      this.#wrongs.push(`person ${index}: ${crm} is ${left}, ${mail} is ${right}`);
      return;
    }
    const edits = Object.values(person.last[field]).sort((one, other) => other.at - one.at);
    const [newest] = edits;
    if (newest === undefined || tidy(newest.value) === left) return;
    if (!edits.some(({ value }) => tidy(value) === left)) {
      this.#wrongs.push(`person ${index}: ${crm} is ${left}, which nobody entered last`);
      return;
    }
    const ids = [person.contact, person.member];
    const isRestorable = audit.some(
      (entry) => entry.field === rule && ids.includes(entry.recordId) && entry.before === tidy(newest.value),
    );
    const isEqualInTime = edits.every(({ at }) => at === newest.at);
    if (!isRestorable && !isEqualInTime)
      this.#wrongs.push(`person ${index}: ${crm} lost ${tidy(newest.value)} to ${left}`);
  }

  #wasNeverGone({ contact, member }: Person): boolean {
    const isGone = (
      system: 'salesforce' | 'mailchimp',
      collection: string,
      id: string | undefined,
    ): boolean => id !== undefined && this.#screens.show(system, collection, [id])[0]?.isGone !== false;
    return !isGone('salesforce', 'Contact', contact) && !isGone('mailchimp', 'Newsletter', member);
  }

  #liveContact({ contact }: Person): Shown | undefined {
    if (contact === undefined) return undefined;
    return this.#screens.show('salesforce', 'Contact', [contact]).find(({ isGone }) => !isGone);
  }

  #liveMember({ member }: Person): Shown | undefined {
    if (member === undefined) return undefined;
    return this.#screens.show('mailchimp', 'Newsletter', [member]).find(({ isGone }) => !isGone);
  }

  #freshAddress(): string {
    this.#addresses += 1;
    return `person${this.#addresses}@people.test`;
  }

  #now(): number {
    return this.#sandbox.world.clock.now();
  }
}

function tidy(value: unknown): string {
  return typeof value === 'string' ? value.trim().normalize('NFC') : '';
}
