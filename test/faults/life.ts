import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import type { HostSession, SyncOutcome } from 'stackbridge/scenarios/host.ts';
import { runtimeHost } from 'stackbridge/scenarios/runtime-host.ts';
import { Screens, type Shown } from 'stackbridge/scenarios/screens.ts';
import type { Field, Happening } from './happening.ts';
import { reckon } from './reckoning.ts';

export const FIELDS = {
  first: { crm: 'FirstName', mail: 'FNAME', rule: 'FirstName ↔ FNAME' },
  last: { crm: 'LastName', mail: 'LNAME', rule: 'LastName ↔ LNAME' },
  title: { crm: 'Title', mail: 'TITLE', rule: 'Title ↔ TITLE' },
} as const;

const RECIPE = `
recipe: contact-sync/v1
name: life
salesforce: { object: Contact }
mailchimp: { audience: Newsletter }
owner: oldest
create: { salesforce: true, mailchimp: true }
fields:
  - { salesforce: FirstName, mailchimp: FNAME }
  - { salesforce: LastName, mailchimp: LNAME, policy: salesforce, default: Unknown }
  - { salesforce: Title, mailchimp: TITLE, policy: mailchimp }
  - { salesforce: Newsletter_Topics__c, mailchimp: interests.Topics }
consent: { salesforce: HasOptedOutOfEmail }
`;

interface Edit {
  readonly value: string;
  readonly at: number;
}

/** A person, and what the model remembers of what was done to them. */
export interface Person {
  contact?: string;
  member?: string;
  /** Shares the address of somebody else, who owns the member. */
  readonly isRelative: boolean;
  isOut: boolean;
  readonly last: Record<Exclude<Field, 'topics'>, { crm?: Edit; mail?: Edit }>;
}

/** Lives through the happenings, lets two syncs go by in peace, and tells every promise that was broken. */
export async function live(happenings: readonly Happening[]): Promise<string[]> {
  const sandbox = await startSandbox();
  const recipes = [{ name: 'life', text: RECIPE }];
  const session = await runtimeHost.prepare({ sandbox, recipes, keepsBackups: false });
  try {
    const life = new Life(sandbox, session);
    for (const where of ['crm', 'crm', 'mail', 'mail'] as const) life.join(where);
    for (const happening of happenings) await life.happen(happening);
    return await reckon(life);
  } finally {
    await session.close();
    await sandbox.close();
  }
}

/** Both systems, and what a model knows of the people in them. */
export class Life {
  readonly people: Person[] = [];
  readonly session: HostSession;
  readonly screens: Screens;
  /** The sync state was lost at some time: pairs have met without a memory. */
  hasLostState = false;
  readonly #sandbox: Sandbox;
  #addresses = 0;
  /** The last sync went through without a crash or an open end. */
  #isCalm = true;

  constructor(sandbox: Sandbox, session: HostSession) {
    this.#sandbox = sandbox;
    this.session = session;
    this.screens = new Screens(sandbox);
  }

  join(where: 'crm' | 'mail', address: string = this.#freshAddress(), isRelative = false): void {
    const person: Person = { isOut: false, isRelative, last: { first: {}, last: {}, title: {} } };
    const last = `Nr${this.people.length + 1}`;
    if (where === 'crm')
      person.contact = this.screens.create('salesforce', 'Contact', { LastName: last, Email: address });
    else
      person.member = this.screens.signUp('Newsletter', {
        email_address: address,
        merge_fields: { LNAME: last },
      });
    person.last.last[where] = { value: last, at: this.#now() };
    this.people.push(person);
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
        await this.sync();
        return;
      case 'crash':
        return this.#crash(what.at, what.after);
      case 'lose-state':
        // Who moves and is forgotten before a run has seen it is somebody else to any system.
        await this.sync();
        if (!this.#isCalm) return;
        this.hasLostState = true;
        this.#isCalm = false;
        return this.session.loseState();
      case 'fault':
        return this.#fault(what);
      default:
        return this.#act(what);
    }
  }

  async sync(full = false): Promise<SyncOutcome> {
    const outcome = await this.session.sync({ recipe: 'life', allow: [], full, dryRun: false });
    this.#isCalm = outcome.kind === 'ended' && outcome.exit === 0;
    this.#meet();
    return outcome;
  }

  /** Nothing goes wrong any more, and whatever waits to be tried again is due. */
  calmDown(): void {
    this.#sandbox.world.faults.clear();
    this.#sandbox.world.clock.advance(7 * 3_600_000);
  }

  liveContact({ contact }: Person): Shown | undefined {
    if (contact === undefined) return undefined;
    return this.screens.show('salesforce', 'Contact', [contact]).find(({ isGone }) => !isGone);
  }

  liveMember({ member }: Person): Shown | undefined {
    if (member === undefined) return undefined;
    return this.screens.show('mailchimp', 'Newsletter', [member]).find(({ isGone }) => !isGone);
  }

  #act(what: Extract<Happening, { readonly who: number }>): void {
    const person = this.people[what.who % this.people.length];
    if (person === undefined) return;
    const contact = this.liveContact(person);
    const member = this.liveMember(person);
    switch (what.do) {
      case 'edit-crm':
        if (contact !== undefined) this.#editContact(person, contact, what.field, what.value);
        return;
      case 'edit-mail':
        if (member !== undefined) this.#editMember(person, member, what.field, what.value);
        return;
      case 'opt-out':
        if (contact === undefined) return;
        this.screens.edit('salesforce', 'Contact', contact.id, { HasOptedOutOfEmail: true });
        person.isOut = true;
        return;
      case 'unsubscribe':
        if (member?.values.status !== 'subscribed') return;
        this.screens.member('unsubscribe', 'Newsletter', { contact_id: member.id });
        person.isOut = true;
        return;
      case 'move-crm':
        // What a crash left half created is found again by the address: until then nobody moves.
        if (contact !== undefined && this.#isCalm && !person.isRelative)
          this.screens.edit('salesforce', 'Contact', contact.id, { Email: this.#freshAddress() });
        return;
      case 'move-mail':
        if (member?.values.status === 'subscribed' && this.#isCalm)
          this.screens.member('change-email', 'Newsletter', {
            contact_id: member.id,
            new_email: this.#freshAddress(),
          });
        return;
      case 'join-relative':
        if (contact !== undefined && !person.isOut)
          this.join('crm', this.screens.addressIn('salesforce', contact.values), true);
        return;
      case 'delete':
        if (contact !== undefined) this.screens.delete('Contact', contact.id);
        return;
      case 'archive':
        if (member !== undefined) this.screens.member('archive', 'Newsletter', { contact_id: member.id });
        return;
    }
  }

  #editContact(person: Person, { id }: Shown, field: Field, value: string): void {
    if (field === 'topics') {
      this.screens.edit('salesforce', 'Contact', id, { Newsletter_Topics__c: value });
      return;
    }
    // Salesforce refuses a contact without a last name.
    if (field === 'last' && value.trim() === '') return;
    this.screens.edit('salesforce', 'Contact', id, { [FIELDS[field].crm]: value });
    person.last[field].crm = { value, at: this.#now() };
  }

  #editMember(person: Person, { id }: Shown, field: Field, value: string): void {
    if (field === 'topics') {
      const Topics = value === '' ? [] : value.split(';');
      this.screens.edit('mailchimp', 'Newsletter', id, { interests: { Topics } });
      return;
    }
    if (field === 'last' && value.trim() === '') return;
    const merge_fields = { [FIELDS[field].mail]: value };
    this.screens.edit('mailchimp', 'Newsletter', id, { merge_fields });
    person.last[field].mail = { value, at: this.#now() };
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

  async #crash(at: number, after: boolean): Promise<void> {
    const when = after ? 'after' : 'before';
    const cutAt = { at, of: 'any', when } as const;
    await this.session.sync({ recipe: 'life', allow: [], full: false, dryRun: false, cutAt });
    this.#isCalm = false;
    // The dead run's lease ends.
    this.#sandbox.world.clock.advance(6 * 60_000);
    this.#meet();
  }

  /** Records that a sync has made are known by the address of the person's other record. */
  #meet(): void {
    const taken = new Set(this.people.flatMap(({ contact, member }) => [contact, member]));
    const contacts = this.screens.show('salesforce', 'Contact').filter(({ id }) => !taken.has(id));
    const members = this.screens.show('mailchimp', 'Newsletter').filter(({ id }) => !taken.has(id));
    for (const person of this.people) {
      const { contact, member, isRelative } = person;
      if (contact === undefined && member !== undefined) {
        const made = this.#withAddress(contacts, 'salesforce', this.#addressOf('mailchimp', member));
        if (made !== undefined) person.contact = made;
      } else if (member === undefined && contact !== undefined && !isRelative) {
        const made = this.#withAddress(members, 'mailchimp', this.#addressOf('salesforce', contact));
        if (made !== undefined) person.member = made;
      }
    }
  }

  #addressOf(system: 'salesforce' | 'mailchimp', id: string): string {
    const collection = system === 'salesforce' ? 'Contact' : 'Newsletter';
    const [shown] = this.screens.show(system, collection, [id]);
    return shown === undefined ? '' : this.screens.addressIn(system, shown.values);
  }

  #withAddress(
    records: readonly Shown[],
    system: 'salesforce' | 'mailchimp',
    address: string,
  ): string | undefined {
    return records.find(({ values }) => this.screens.addressIn(system, values) === address)?.id;
  }

  #freshAddress(): string {
    this.#addresses += 1;
    return `person${this.#addresses}@people.test`;
  }

  #now(): number {
    return this.#sandbox.world.clock.now();
  }
}
