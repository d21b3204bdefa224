import { z } from 'zod';
import { FaultRule } from '../faults.ts';
import type { SandboxParts } from '../parts.ts';
import { type LifeManifest, type LifeOptions, liveDay } from '../people/life.ts';
import { type SeedManifest, type SeedOptions, seedPeople } from '../people/seed.ts';
import {
  type CampaignSeedManifest,
  type CampaignSeedOptions,
  seedCampaigns,
} from '../people/seed-campaigns.ts';
import type { AdminListing, AdminPage, AdminRecord, Desk, Simulator } from '../simulator.ts';
import { seedZoho, type ZohoSeedManifest, type ZohoSeedOptions } from '../work/seed-zoho.ts';

/** A request that names something the sandbox does not have. */
export class UnknownName extends RangeError {
  override name = 'UnknownName';
}

const Snapshot = z.object({ now: z.string(), systems: z.record(z.string(), z.unknown()) });
/** The state of all systems and the clock, as JSON data. */
export type SandboxSnapshot = z.infer<typeof Snapshot>;

/** Moves the clock on, or sets it. */
export interface ClockChange {
  advanceMs?: number | undefined;
  /** ISO instant. */
  now?: string | undefined;
}

/** What stands outside the simulated APIs: people at their screens, time, faults, counts, and the whole state. */
export interface Admin {
  /** @param collection a Salesforce object or a Mailchimp audience id */
  records(system: string, collection: string, page?: Partial<AdminPage>): AdminListing;
  /** @returns the new record's id */
  create(system: string, collection: string, values: AdminRecord): string;
  edit(system: string, collection: string, id: string, values: AdminRecord): void;
  remove(system: string, collection: string, id: string): void;
  /** A vendor-specific action, `act('salesforce', 'merge', {winner, losers})`. */
  act(system: string, action: string, input: unknown): unknown;
  /** @returns the time it is then, ISO */
  clock(change?: ClockChange): string;
  addFault(rule: FaultRule): string;
  seed(options: SeedOptions): SeedManifest;
  live(options: LifeOptions): LifeManifest;
  /** Campaigns that were sent, and what people did with them. */
  seedCampaigns(options: CampaignSeedOptions): CampaignSeedManifest;
  /** Projects, milestones, time, expenses and invoices. */
  seedZoho(options?: ZohoSeedOptions): ZohoSeedManifest;
  reset(): void;
  snapshot(): SandboxSnapshot;
  /** @throws ZodError when the data is no snapshot */
  restore(snapshot: unknown): void;
}

const DEFAULT_PAGE: AdminPage = { limit: 100, offset: 0 };

export function createAdmin(parts: SandboxParts): Admin {
  const { world } = parts;
  const systems: Readonly<Record<string, Simulator>> = {
    salesforce: parts.salesforce,
    mailchimp: parts.mailchimp,
    'zoho-accounts': parts.zohoAccounts,
    'zoho-projects': parts.zohoProjects,
    'zoho-books': parts.zohoBooks,
    xero: parts.xero,
  };
  const simulator = (system: string): Simulator => {
    const found = systems[system];
    if (found === undefined)
      throw new UnknownName(`No system ${system}; there are ${Object.keys(systems).join(', ')}`);
    return found;
  };
  const desk = (system: string): Desk => simulator(system).desk;

  const admin: Admin = {
    records: (system, collection, page = {}) => desk(system).list(collection, { ...DEFAULT_PAGE, ...page }),
    create: (system, collection, values) => desk(system).create(collection, values),
    edit: (system, collection, id, values) => desk(system).edit(collection, id, values),
    remove: (system, collection, id) => desk(system).remove(collection, id),
    act(system, action, input) {
      const { actions } = simulator(system);
      const found = actions[action];
      if (found === undefined) {
        throw new UnknownName(
          `No action ${action} in ${system}; there are ${Object.keys(actions).join(', ')}`,
        );
      }
      return found.run(input);
    },
    clock({ advanceMs, now } = {}) {
      if (now !== undefined) world.clock.set(now);
      if (advanceMs !== undefined) world.clock.advance(advanceMs);
      return new Date(world.clock.now()).toISOString();
    },
    addFault(rule) {
      simulator(rule.system);
      return world.faults.add(FaultRule.parse(rule));
    },
    seed: (options) => seedPeople(parts, { ...options, seed: options.seed ?? world.seed }),
    seedCampaigns: (options) =>
      seedCampaigns(parts.mailchimp, { ...options, seed: options.seed ?? world.seed }),
    seedZoho: (options = {}) => seedZoho(parts, { ...options, seed: options.seed ?? world.seed }),
    live: (options) => liveDay(parts, { ...options, seed: options.seed ?? world.seed }),
    reset() {
      for (const system of Object.values(systems)) system.reset();
      world.faults.clear();
      world.calls.clear();
    },
    snapshot() {
      const states = Object.entries(systems).map(([name, system]) => [name, system.snapshot()]);
      return { now: admin.clock(), systems: Object.fromEntries(states) };
    },
    restore(data) {
      const { now, systems: states } = Snapshot.parse(data);
      for (const [name, state] of Object.entries(states)) simulator(name).restore(state);
      world.clock.set(now);
    },
  };
  return admin;
}
