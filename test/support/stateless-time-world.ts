import type { Project, TimeLog } from '@stackbridge/shared-mappers/model/billing/project-work.ts';
import { contactNumber } from '@stackbridge/shared-mappers/plan/billing/match-contact.ts';
import { markedLog } from '@stackbridge/shared-mappers/plan/billing/time-mark.ts';
import { withoutSeal } from '@stackbridge/shared-mappers/plan/billing/time-seal.ts';
import type { AccountingTarget } from '@stackbridge/shared-mappers/ports/accounting-target.ts';
import type { ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import type {
  AccountsProject,
  AccountsTask,
  DesiredTimeEntry,
  HeldTimeEntry,
  TimeTarget,
} from '@stackbridge/shared-mappers/ports/xero-projects.ts';
import type { BillingJob } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import { timeJob } from '@stackbridge/shared-mappers/sync/billing/time-job.ts';
import { billInOrder } from '@stackbridge/shared-mappers/sync/stateless/billing/bill-in-order.ts';
import {
  type BillingExecution,
  billWithoutStore,
  type StatelessBillingPorts,
} from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import type { BillingReply } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-store.ts';
import { ACCOUNT_MAP, CHART } from './billing-chart.ts';
import { PROJECT, timeLog } from './billing-world.ts';
import { type Mishap, MishapOfWrites } from './mishap-of-writes.ts';
import type { TimeDeed } from './time-world.ts';

const PROGRESS = { begin: () => {}, advance: () => {}, end: () => {}, call: () => {}, waiting: () => {} };
const USERS = ['ada', 'grace'].map((name) => ({ id: name, name, email: `${name}@example.test` }));

/** Logs that nobody touches, by project. */
const STAYING: Readonly<Record<string, string>> = { s1: PROJECT.id, s2: 'p2' };

/** All the time of one project, as it stood when it was read. */
export interface HandedProject {
  readonly projects: readonly Project[];
  readonly projectId: string;
  readonly from: string;
  readonly logs: readonly TimeLog[];
  readonly origins: readonly string[];
  readonly readAt: number;
}

/** Xero Projects, and executions over it that keep nothing but what stands on its entries. */
export class StatelessTimeWorld {
  readonly logs = new Map<string, TimeLog>();
  readonly projects = new Map<string, Project>();
  /** Writes that must never have been asked for. */
  readonly offences: string[] = [];
  readonly #places: AccountsProject[] = [];
  readonly #tasks: AccountsTask[] = [];
  readonly #entries = new Map<string, HeldTimeEntry>();
  /** What a person has made of an entry. */
  readonly #byHand = new Map<string, number>();
  #replies: BillingReply[] = [];
  #ids = 0;
  #ticks = 0;
  readonly #carriedOut = new Map<string, number>();
  readonly #mishaps = new MishapOfWrites();

  constructor() {
    this.projects.set(PROJECT.id, PROJECT);
    this.projects.set('p2', { ...PROJECT, id: 'p2', name: 'Opera House', key: 'OH-1' });
    // A project without a log that stands in the accounts could not be found there under its former name.
    for (const [id, projectId] of Object.entries(STAYING)) this.logs.set(id, timeLog(id, { projectId }));
  }

  entries(): HeldTimeEntry[] {
    return [...this.#entries.values()];
  }

  /** Whether a person has seen to an entry, or the accounts have closed it. */
  isLeft({ id, status }: HeldTimeEntry): boolean {
    return status !== 'active' || this.#byHand.has(id);
  }

  act(turn: number, deed: TimeDeed): void {
    const entries = this.entries().filter(
      ({ description }) => STAYING[markedLog(description) ?? ''] === undefined,
    );
    const entry = entries[turn % Math.max(1, entries.length)];
    if (entry === undefined) return;
    const { id, minutes } = entry;
    if (deed === 'delete') this.#entries.delete(id);
    else if (deed === 'edit') {
      this.#byHand.set(id, minutes + 1000);
      this.#entries.set(id, { ...entry, minutes: minutes + 1000 });
    } else this.#entries.set(id, { ...entry, status: deed === 'lock' ? 'locked' : 'invoiced' });
  }

  get writes(): number {
    return this.#mishaps.writes;
  }

  run(mishap?: Mishap): Promise<BillingExecution | 'crashed'> {
    return this.#mishaps.during(mishap, async () => {
      const { job, ports } = this.#prepared(this.#source());
      const execution = await billWithoutStore(job, ports, { replies: this.#replies });
      this.#replies = [];
      return execution;
    });
  }

  /** The time of one project as it stands, to be handed over. @param from first day */
  read(projectId: string, from = '2025-01-01'): HandedProject {
    const readAt = this.#now();
    const logs = [...this.logs.values()].filter((log) => log.projectId === projectId && log.date >= from);
    const origins = [...this.projects.keys()].filter((id) => id !== projectId);
    return { projects: [...this.projects.values()], projectId, from, logs, origins, readAt };
  }

  /** What was handed over is carried out, as late as it may be. */
  deliver(handed: HandedProject, mishap?: Mishap): Promise<BillingExecution | 'late' | 'crashed'> {
    const { projects, projectId, from, logs, origins, readAt: asOf } = handed;
    const source: ProjectSource = {
      ...this.#source(),
      handed: { projectId, from, to: '2027-01-01', origins },
      projects: () => page(projects),
      timeLogs: () => page(logs),
    };
    const { job, ports } = this.#prepared(source);
    const memory = {
      latest: async (subject: string) => this.#carriedOut.get(subject),
      keep: async (subject: string, readAt: number) => void this.#carriedOut.set(subject, readAt),
    };
    return this.#mishaps.during(mishap, () => billInOrder(job, ports, { asOf }, projectId, memory));
  }

  /** A person lets every difference be. */
  answerAll({ subjects }: BillingExecution): void {
    for (const { subject, issues } of subjects) {
      for (const { documentNumber, answers, key } of issues) {
        const [answer] = answers;
        if (documentNumber === undefined || answer === undefined) continue;
        this.#replies.push({ subject, documentNumber, answer, ...(key === undefined ? {} : { of: key }) });
      }
    }
  }

  /** What is remembered of deliveries is lost. */
  forget(): void {
    this.#carriedOut.clear();
  }

  /** Every look at the clock is a later one. */
  #now(): number {
    this.#ticks += 1000;
    return Date.parse('2026-04-01T00:00:00Z') + this.#ticks;
  }

  #prepared(source: ProjectSource): { job: BillingJob; ports: StatelessBillingPorts } {
    const cutOver = '2026-01-01';
    const job = timeJob({
      recipe: 'time',
      map: { ...ACCOUNT_MAP, rates: [{ rate: '150' }] },
      source,
      cutOver,
      timeEntries: {
        options: {
          approval: 'required',
          cutOver,
          nonBillable: false,
          create: { projects: true, tasks: true },
          taskName: 'All',
          text: '{notes}',
        },
        createsContacts: false,
        target: this.#time(),
      },
      deletes: { share: 1, atLeast: 1000 },
    });
    const ports = {
      target: accounts(),
      clock: { now: () => this.#now() },
      random: { next: () => 0, id: () => 'id' },
      progress: PROGRESS,
      log: { debug: () => {}, info: () => {}, warn: () => {} },
      stop: { requested: false },
      calls: () => ({}),
    };
    return { job, ports };
  }

  #source(): ProjectSource {
    return {
      system: 'zoho-projects',
      projects: () => page([...this.projects.values()]),
      milestones: () => page([]),
      timeLogs: (project) => page([...this.logs.values()].filter(({ projectId }) => projectId === project)),
      people: () => page([]),
    };
  }

  #time(): TimeTarget {
    const id = (kind: string): string => `${kind}-${++this.#ids}`;
    return {
      system: 'xero',
      projects: async () => [...this.#places],
      createProject: (project) => this.#made(this.#places, { ...project, id: id('project'), open: true }),
      tasks: async (place) => this.#tasks.filter(({ projectId }) => projectId === place),
      createTask: (task) => this.#made(this.#tasks, { ...task, id: id('task'), open: true }),
      users: async () => USERS,
      timeEntries: async (place) => this.entries().filter(({ projectId }) => projectId === place),
      createTimeEntry: async (entry) => {
        const held: HeldTimeEntry = { ...entry, id: id('entry'), status: 'active' };
        await this.#mishaps.write(() => this.#entries.set(held.id, held));
        return held;
      },
      updateTimeEntry: async (held, entry) => {
        this.#check(held, entry);
        await this.#mishaps.write(() => this.#entries.set(held.id, { ...held, ...entry }));
      },
      deleteTimeEntry: async (held) => {
        this.#check(held, undefined);
        await this.#mishaps.write(() => this.#entries.delete(held.id));
      },
    };
  }

  async #made<Item>(list: Item[], item: Item): Promise<Item> {
    await this.#mishaps.write(() => list.push(item));
    return item;
  }

  /** Of what is closed nothing may be written, of what a person changed the seal alone. */
  #check(held: HeldTimeEntry, entry: DesiredTimeEntry | undefined): void {
    const said = ({ description, ...rest }: DesiredTimeEntry): string =>
      JSON.stringify({ ...rest, text: withoutSeal(description) }, Object.keys({ ...rest, text: '' }).sort());
    const { id, status, ...before } = held;
    if (status !== 'active') this.offences.push(`${id} was written while ${status}`);
    const isSame = entry !== undefined && said(entry) === said(before);
    if (this.#byHand.has(id) && !isSame) this.offences.push(`${id} was changed by a person`);
  }
}

/** Logs that stand in the accounts more than once. */
export function doubled(entries: readonly HeldTimeEntry[]): string[] {
  const logs = entries.map(({ description }) => markedLog(description) ?? '');
  return logs.filter((log, at) => logs.indexOf(log) !== at);
}

function accounts(): AccountingTarget {
  const contact = { id: 'contact-1', name: 'City of Sydney', number: contactNumber('c1'), active: true };
  const nothing = async (): Promise<[]> => [];
  return {
    system: 'xero',
    writeBatch: 50,
    chart: async () => CHART,
    contactsByNumber: async () => [contact],
    contactsByName: nothing,
    createContacts: nothing,
    documentsByNumber: nothing,
    documentsById: nothing,
    documentsChanged: nothing,
    write: nothing,
    attach: async () => {},
    attachments: nothing,
    readFile: async () => undefined,
    writeFile: async () => {},
    linkForRebilling: async () => {},
    addHistory: async () => {},
  };
}

async function* page<Item>(items: readonly Item[]): AsyncGenerator<readonly Item[]> {
  yield items;
}
