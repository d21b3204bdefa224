import type { Books } from '../books/books.ts';
import type { LineTracking } from '../books/line-item.ts';
import type { TrackingCategory, TrackingOption } from '../books/tracking-category.ts';
import type { TrackingInput } from './line-input.ts';

const MOST = 2;

/** The options a line names, by id or by name. Faults go to `faults`. */
export function lineTracking(
  books: Books,
  given: readonly TrackingInput[],
  faults: string[],
): readonly LineTracking[] {
  const chosen: LineTracking[] = [];
  for (const input of given) {
    const category = categoryOf(books, input);
    if (category === undefined || category.status !== 'ACTIVE') {
      faults.push(
        `The TrackingCategory '${input.TrackingCategoryID ?? input.Name ?? ''}' does not exist or is not active.`,
      );
      continue;
    }
    const option = optionOf(category, input);
    if (option === undefined || option.status !== 'ACTIVE') {
      const name = input.TrackingOptionID ?? input.Option ?? '';
      faults.push(
        `The tracking option '${name}' does not exist in the TrackingCategory '${category.name}' or is not active.`,
      );
      continue;
    }
    if (chosen.some(({ categoryId }) => categoryId === category.id)) {
      faults.push(`The TrackingCategory '${category.name}' is used more than once on a line item.`);
    }
    chosen.push({ categoryId: category.id, optionId: option.id });
  }
  if (given.length > MOST) faults.push(`A line item can have at most ${MOST} tracking categories.`);
  return chosen;
}

function categoryOf(books: Books, { TrackingCategoryID, Name }: TrackingInput): TrackingCategory | undefined {
  if (TrackingCategoryID !== undefined) return books.trackingCategories.get(TrackingCategoryID);
  const name = Name?.trim().toLowerCase();
  return [...books.trackingCategories.rows()].find(
    (category) => category.status !== 'DELETED' && category.name.toLowerCase() === name,
  );
}

function optionOf(
  { options }: TrackingCategory,
  { TrackingOptionID, Option }: TrackingInput,
): TrackingOption | undefined {
  if (TrackingOptionID !== undefined) return options.find(({ id }) => id === TrackingOptionID.toLowerCase());
  const name = Option?.trim().toLowerCase();
  return options.find((option) => option.status !== 'DELETED' && option.name.toLowerCase() === name);
}
