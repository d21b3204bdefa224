import type { World } from '../world.ts';
import type { Books } from './books/books.ts';
import { guidOf, Ids } from './books/ids.ts';
import type { Region } from './books/organisation.ts';
import { CallLimits } from './limits/call-limits.ts';
import { IdempotencyKeys } from './limits/idempotency-keys.ts';
import { Settings } from './limits/settings.ts';
import { OPENED_MS, openBooks } from './opening/open-books.ts';
import { Auth, type AuthOptions, CUSTOM_APP } from './sign-in/auth.ts';
import type { Connection } from './sign-in/connections.ts';
import { Webhooks } from './webhooks/webhooks.ts';

/** How the simulated Xero starts. */
export interface XeroOptions extends AuthOptions {
  /** One organisation per region, connected to the app. Default: one, in Australia. */
  regions?: readonly Region[];
}

/** All of the simulated Xero: sign-in, organisations, limits. */
export class Site {
  readonly world: World;
  readonly auth: Auth;
  readonly limits: CallLimits;
  readonly keys: IdempotencyKeys;
  readonly answers: Ids;
  readonly webhooks: Webhooks;
  readonly #regions: readonly Region[];
  settings: Settings = Settings.parse({});
  /** By tenant id, in the order they were connected. */
  books = new Map<string, Books>();
  connections: readonly Connection[] = [];

  constructor(world: World, { regions = ['AU'], ...auth }: XeroOptions) {
    this.world = world;
    this.auth = new Auth(world, auth);
    this.limits = new CallLimits(world, () => this.settings);
    this.keys = new IdempotencyKeys(world);
    this.answers = new Ids(`${world.seed}:xero-answer`);
    this.webhooks = new Webhooks(world, new Ids(`${world.seed}:xero-webhook`), (tenantId) =>
      this.connections.some((connection) => connection.tenantId === tenantId),
    );
    this.#regions = regions;
    this.open();
  }

  /** Back to organisations that hold no documents, and to full quotas. */
  open(): void {
    this.books = new Map();
    for (const region of this.#regions) this.openOrganisation(region);
    this.connections = [];
    for (const [index, tenantId] of [...this.books.keys()].entries())
      this.connect(tenantId, OPENED_MS + index);
    this.settings = Settings.parse({});
    this.auth.reinstate();
    this.limits.clear();
    this.keys.clear();
    this.webhooks.clear();
  }

  /** The first organisation, or the named one. @throws RangeError for an unknown one */
  organisation(tenantId?: string): Books {
    const found = tenantId === undefined ? this.books.values().next().value : this.books.get(tenantId);
    if (found === undefined) throw new RangeError(`No organisation ${tenantId ?? ''}`);
    return found;
  }

  /**
   * The organisation that a call may reach: a custom connection has just one and need not name it.
   * @returns undefined when the app is not connected to the one named
   */
  reachable(tenantId: string, clientId: string): Books | undefined {
    const isCustom = clientId === CUSTOM_APP.clientId;
    const wanted = tenantId === '' && isCustom ? this.connections[0]?.tenantId : tenantId;
    const isConnected = this.connections.some((connection) => connection.tenantId === wanted);
    return wanted !== undefined && isConnected ? this.books.get(wanted) : undefined;
  }

  /** Another organisation of the user's, not yet connected. @returns its tenant id */
  openOrganisation(region: Region): string {
    const books = openBooks(this.world, region);
    this.books.set(books.organisation.id, books);
    this.webhooks.watch(books);
    return books.organisation.id;
  }

  /** Lets the app into an organisation; once more only renews that. @throws RangeError for an unknown one */
  connect(tenantId: string, nowMs = this.world.clock.now()): void {
    this.organisation(tenantId);
    const known = this.connections.find((connection) => connection.tenantId === tenantId);
    const connection = {
      id: guidOf(`${this.world.seed}:connection:${tenantId}`),
      tenantId,
      createdMs: known?.createdMs ?? nowMs,
      updatedMs: nowMs,
    };
    this.connections = [...this.connections.filter((other) => other !== known), connection];
  }

  disconnect(connectionId: string): boolean {
    const rest = this.connections.filter(({ id }) => id !== connectionId);
    const found = rest.length < this.connections.length;
    this.connections = rest;
    return found;
  }
}
