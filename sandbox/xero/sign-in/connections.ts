import type { Organisation } from '../books/organisation.ts';
import { ticks } from '../wire/wire-time.ts';

/** The tie between the app and one organisation, which the user can cut. */
export interface Connection {
  readonly id: string;
  readonly tenantId: string;
  readonly createdMs: number;
  readonly updatedMs: number;
}

export function showConnection(
  connection: Connection,
  organisation: Organisation,
  authEventId: string,
): object {
  return {
    id: connection.id,
    authEventId,
    tenantId: connection.tenantId,
    tenantType: 'ORGANISATION',
    tenantName: organisation.name,
    createdDateUtc: ticks(connection.createdMs),
    updatedDateUtc: ticks(connection.updatedMs),
  };
}
