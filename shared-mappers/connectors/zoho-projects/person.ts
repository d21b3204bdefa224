import { z } from 'zod';
import { firstText, Text } from './identity.ts';

/** Users have three ids: time logs name their owner by `zpuid`. */
export const PersonRow = z.object({
  id: Text,
  zpuid: Text,
  full_name: Text,
  name: Text,
  display_name: Text,
  first_name: Text,
  last_name: Text,
  email: Text,
});
export type PersonRow = z.infer<typeof PersonRow>;

export function personIdOf({ zpuid, id }: PersonRow): string {
  return firstText(zpuid, id) ?? '';
}

export function personNameOf(row: PersonRow): string {
  const parts = [row.first_name, row.last_name].filter((part) => firstText(part) !== undefined).join(' ');
  return firstText(row.full_name, row.name, row.display_name, parts, row.email) ?? personIdOf(row);
}
