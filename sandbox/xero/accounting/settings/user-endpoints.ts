import type { User } from '../../books/user.ts';
import { distorted, param, type XeroEndpoint } from '../../endpoint.ts';
import { type Columns, date, guid, text } from '../../query/columns.ts';
import { modifiedSince, selected } from '../../query/listing.ts';
import { notFound } from '../../wire/refusal.ts';
import { msStamp } from '../../wire/wire-time.ts';
import { envelope } from '../envelope.ts';

const scopes = ['accounting.settings'];

/** `/Users` of the organisation. */
export const userEndpoints: readonly XeroEndpoint[] = [
  {
    method: 'GET',
    path: '/Users',
    operation: 'users.list',
    scopes,
    handle: (call) => {
      const found = selected(call, modifiedSince(call, [...call.books.users.rows()]), COLUMNS);
      return envelope(call.books, { Users: distorted(call, found).map(showUser) });
    },
  },
  {
    method: 'GET',
    path: '/Users/:UserID',
    operation: 'users.get',
    scopes,
    handle: (call) => {
      const user = call.books.users.get(param(call, 'UserID'));
      if (user === undefined) throw notFound();
      return envelope(call.books, { Users: [showUser(user)] });
    },
  },
];

const COLUMNS: Columns<User> = {
  resource: 'User',
  byPath: {
    UserID: guid(({ id }) => id),
    EmailAddress: text(({ email }) => email),
    FirstName: text(({ firstName }) => firstName),
    LastName: text(({ lastName }) => lastName),
    OrganisationRole: text(({ role }) => role),
    UpdatedDateUTC: date(({ updatedMs }) => updatedMs),
  },
};

function showUser(user: User): object {
  return {
    UserID: user.id,
    EmailAddress: user.email,
    FirstName: user.firstName,
    LastName: user.lastName,
    UpdatedDateUTC: msStamp(user.updatedMs),
    IsSubscriber: user.isSubscriber,
    OrganisationRole: user.role,
  };
}
