import type { ActivityTarget, CrmPerson, CrmPersonObject } from '../../ports/activity-target.ts';

/** The form in which both systems take two addresses for the same. */
export function addressKey(email: string): string {
  return email.trim().toLowerCase();
}

/**
 * Who has these addresses, by address. The first object in which somebody is found counts; of several there the oldest,
 * so that all of a person's activity stands in one place.
 */
export async function findPeople(
  emails: readonly string[],
  objects: readonly CrmPersonObject[],
  columns: readonly string[],
  target: ActivityTarget,
): Promise<Map<string, CrmPerson>> {
  const found = new Map<string, CrmPerson>();
  for (const object of objects) {
    const open = emails.filter((email) => !found.has(addressKey(email)));
    if (open.length === 0) break;
    const people = await target.peopleByEmail(object, open, columns);
    people.sort((a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id));
    for (const person of people) {
      const key = addressKey(person.email);
      if (!found.has(key)) found.set(key, person);
    }
  }
  return found;
}
