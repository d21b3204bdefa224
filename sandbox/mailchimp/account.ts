import { hash } from 'node:crypto';
import type { Outbox } from '../webhooks/outbox.ts';
import type { World } from '../world.ts';
import { type Audience, createAudience } from './audience.ts';
import type { Batch } from './batches.ts';
import type { Campaign } from './campaign.ts';
import { notFound } from './problem.ts';
import { createOutbox } from './webhook-delivery.ts';

/** Everything behind one simulated Mailchimp account. */
export interface Account {
  readonly world: World;
  /** By id, in order of creation. */
  readonly audiences: Map<string, Audience>;
  readonly batches: Map<string, Batch>;
  /** What was sent, by id, in order of sending. */
  readonly campaigns: Map<string, Campaign>;
  /** OAuth codes waiting to be exchanged, and where each was sent. */
  readonly codes: Map<string, string>;
  /** OAuth access tokens in force; they never expire. */
  readonly tokens: Set<string>;
  /** Webhook deliveries on their way. */
  readonly outbox: Outbox;
  /** The user has withdrawn the key and all tokens. */
  isRevoked: boolean;
  /** Serial of the next contact. */
  nextSerial: number;
  /** Id of the next segment or tag. */
  nextSegment: number;
  /** Counts everything else that needs an id. */
  nextId: number;
  /** Counts the answers given. */
  nextAnswer: number;
}

/** The audiences each sandbox starts with. */
const AUDIENCES = [
  ['aud0000001', 'Newsletter'],
  ['aud0000002', 'Customers'],
] as const;

/** When the account and its audiences were opened. */
export const OPENED_S = Date.parse('2021-03-04T10:20:30Z') / 1000;

export function createAccount(world: World): Account {
  const account: Account = {
    world,
    audiences: new Map(),
    batches: new Map(),
    campaigns: new Map(),
    codes: new Map(),
    tokens: new Set(),
    outbox: createOutbox(world),
    isRevoked: false,
    nextSerial: 1,
    nextSegment: 3_730_001,
    nextId: 1,
    nextAnswer: 1,
  };
  openAccount(account);
  return account;
}

/** Empties the account down to its audiences. */
export function openAccount(account: Account): void {
  account.audiences.clear();
  AUDIENCES.forEach(([id, name], index) => {
    account.audiences.set(id, createAudience(id, 684_000 + index, name, OPENED_S + index));
  });
  account.batches.clear();
  account.campaigns.clear();
  account.codes.clear();
  account.tokens.clear();
  account.outbox.clear();
  account.isRevoked = false;
  account.nextSerial = 1;
  account.nextSegment = 3_730_001;
  account.nextId = 1;
  account.nextAnswer = 1;
}

/** @throws Problem 404 when there is no such audience */
export function findAudience(account: Account, id: string): Audience {
  const audience = account.audiences.get(id);
  if (audience === undefined) throw notFound();
  return audience;
}

/** Whole seconds since 1970 on the sandbox's clock. */
export function nowS(account: Account): number {
  return Math.floor(account.world.clock.now() / 1000);
}

/** The API's base URL. */
export function baseUrl(account: Account): string {
  return `${account.world.origin}/mailchimp/3.0`;
}

/** A fresh id of `digits` hex digits; the same seed and history give the same ids. */
export function freshId(account: Account, kind: string, digits = 10): string {
  return hash('md5', `${kind}:${account.world.seed}:${account.nextId++}`).slice(0, digits);
}

/** The id a contact keeps for life. */
export function contactIdOf(account: Account, serial: number): string {
  return hash('md5', `contact:${account.world.seed}:${serial}`);
}

/** The id of one answer, a UUID: its `X-Request-Id`, and a problem's `instance`. */
export function answerId(account: Account): string {
  const hex = hash('md5', `answer:${account.world.seed}:${account.nextAnswer++}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
