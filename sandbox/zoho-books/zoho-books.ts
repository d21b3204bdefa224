import type { Simulator } from '../simulator.ts';
import type { World } from '../world.ts';
import type { ZohoAccounts } from '../zoho-accounts/zoho-accounts.ts';
import { Books } from './books.ts';
import { deskOf, personActions } from './desk.ts';
import { refusalAnswer, refusalOf, tooManyAMinute } from './refusal.ts';
import { serveApi } from './serve-api.ts';
import { restoreSnapshot, takeSnapshot } from './snapshot.ts';

/** The simulated Zoho Books organisation: its API, and the people at its screens. */
export interface ZohoBooks extends Simulator {
  readonly name: 'zoho-books';
  /** What is behind the API, for seeding and for people's edits. */
  readonly books: Books;
}

/** @param accounts where its tokens come from */
export function createZohoBooks(world: World, accounts: ZohoAccounts): ZohoBooks {
  const books = new Books(world);
  return {
    name: 'zoho-books',
    books,
    register: (scope) => serveApi(scope, books, (token) => accounts.grants.standingOf(token)),
    failure: (status) => refusalAnswer(refusalOf(status), books.settings.errorsAs200),
    throttled: ({ retryAfterS = 60, bare }) => {
      if (bare) return { status: 429, headers: { 'retry-after': String(retryAfterS) }, body: '' };
      return refusalAnswer(tooManyAMinute(retryAfterS), books.settings.errorsAs200);
    },
    expireTokens: () => accounts.expireTokens(),
    revoke: () => accounts.revoke(),
    desk: deskOf(books),
    actions: personActions(books),
    reset: () => books.clear(),
    snapshot: () => takeSnapshot(books),
    restore: (snapshot) => restoreSnapshot(books, snapshot),
  };
}
