import { z } from 'zod';
import { type Account, freshId } from './account.ts';
import type { Audience } from './audience.ts';
import { invalidResource, notFound } from './problem.ts';

export interface Interest {
  id: string;
  name: string;
  displayOrder: number;
}

const CATEGORY_TYPES = ['checkboxes', 'dropdown', 'radio', 'hidden'] as const;

/** A group of interests that members can choose from. */
export interface InterestCategory {
  id: string;
  title: string;
  type: (typeof CATEGORY_TYPES)[number];
  displayOrder: number;
  interests: Interest[];
}

/** Body of `POST` and `PATCH` of an interest category. */
export const NewCategory = z.object({
  title: z.string().min(1),
  type: z.enum(CATEGORY_TYPES),
  display_order: z.int().optional(),
});

/** Body of `POST` and `PATCH` of an interest. */
export const NewInterest = z.object({ name: z.string().min(1), display_order: z.int().optional() });

export function addCategory(
  account: Account,
  audience: Audience,
  body: z.infer<typeof NewCategory>,
): InterestCategory {
  if (audience.categories.some((known) => known.title === body.title)) {
    throw invalidResource(`Cannot create interest category "${body.title}" because it already exists.`);
  }
  const category: InterestCategory = {
    id: freshId(account, 'category'),
    title: body.title,
    type: body.type,
    displayOrder: body.display_order ?? audience.categories.length,
    interests: [],
  };
  audience.categories.push(category);
  settle(audience);
  return category;
}

export function changeCategory(
  audience: Audience,
  category: InterestCategory,
  body: z.infer<typeof NewCategory>,
): void {
  category.title = body.title;
  category.type = body.type;
  category.displayOrder = body.display_order ?? category.displayOrder;
  settle(audience);
}

export function removeCategory(audience: Audience, category: InterestCategory): void {
  for (const interest of [...category.interests]) removeInterest(audience, category, interest);
  audience.categories.splice(audience.categories.indexOf(category), 1);
  settle(audience);
}

export function addInterest(
  account: Account,
  audience: Audience,
  category: InterestCategory,
  body: z.infer<typeof NewInterest>,
): Interest {
  if (category.interests.some((known) => known.name === body.name)) {
    throw invalidResource(`Cannot add "${body.name}" because it already exists on the list.`);
  }
  const interest: Interest = {
    id: freshId(account, 'interest'),
    name: body.name,
    displayOrder: body.display_order ?? category.interests.length + 1,
  };
  category.interests.push(interest);
  settle(audience);
  return interest;
}

export function changeInterest(
  audience: Audience,
  interest: Interest,
  body: z.infer<typeof NewInterest>,
): void {
  interest.name = body.name;
  interest.displayOrder = body.display_order ?? interest.displayOrder;
  settle(audience);
}

export function removeInterest(audience: Audience, category: InterestCategory, interest: Interest): void {
  category.interests.splice(category.interests.indexOf(interest), 1);
  for (const member of audience.members.all()) {
    if (member.interests.includes(interest.id)) {
      member.interests = member.interests.filter((id) => id !== interest.id);
    }
  }
  settle(audience);
}

/** @throws Problem 404 */
export function findCategory(audience: Audience, id: string): InterestCategory {
  const category = audience.categories.find((candidate) => candidate.id === id);
  if (category === undefined) throw notFound();
  return category;
}

/** @throws Problem 404 */
export function findInterest(category: InterestCategory, id: string): Interest {
  const interest = category.interests.find((candidate) => candidate.id === id);
  if (interest === undefined) throw notFound();
  return interest;
}

/** Ids of all interests of an audience, in the order members show them. */
export function interestIds(audience: Audience): string[] {
  return audience.categories.flatMap((category) => category.interests.map((interest) => interest.id));
}

/** How many members chose an interest, archived ones left out. */
export function subscriberCount(audience: Audience, interest: Interest): number {
  let count = 0;
  for (const member of audience.members.all()) {
    if (member.status !== 'archived' && member.interests.includes(interest.id)) count += 1;
  }
  return count;
}

/**
 * Reads the `interests` of a request onto those a member has; interests not named stay as they are.
 * @throws Problem when an id is not one of the audience's
 */
export function interestsOnto(
  audience: Audience,
  current: readonly string[],
  sent: Readonly<Record<string, boolean>> | undefined,
): { interests: readonly string[]; changed: boolean } {
  if (sent === undefined) return { interests: current, changed: false };
  let interests = current;
  for (const [id, isChosen] of Object.entries(sent)) {
    if (!audience.categories.some((category) => category.interests.some((interest) => interest.id === id))) {
      throw invalidResource(`Invalid interest ID: '${id}'.`);
    }
    if (interests.includes(id) === isChosen) continue;
    interests = isChosen ? [...interests, id] : interests.filter((known) => known !== id);
  }
  return { interests, changed: interests !== current };
}

/** The change makes cached layouts and pages stale. */
function settle(audience: Audience): void {
  audience.categories.sort((a, b) => a.displayOrder - b.displayOrder);
  for (const category of audience.categories)
    category.interests.sort((a, b) => a.displayOrder - b.displayOrder);
  audience.schemaVersion += 1;
  audience.members.version += 1;
}
