import type { Books } from '../books/books.ts';
import type { LineItem } from '../books/line-item.ts';
import { rounded } from '../wire/money.ts';

/** A line as answers show it. Unit amounts keep their four places only where the call opted in. */
export function showLine(books: Books, line: LineItem, unitPlaces: 2 | 4): object {
  const account = line.accountId === undefined ? undefined : books.accounts.get(line.accountId);
  return {
    ...(line.itemCode === undefined ? {} : { ItemCode: line.itemCode }),
    ...(line.description === undefined ? {} : { Description: line.description }),
    ...(line.unitAmount === undefined
      ? {}
      : { UnitAmount: unitPlaces === 4 ? line.unitAmount : rounded(line.unitAmount, 2) }),
    ...(line.taxType === undefined ? {} : { TaxType: line.taxType }),
    TaxAmount: line.taxAmount,
    LineAmount: line.lineAmount,
    ...(line.discountRate === undefined ? {} : { DiscountRate: line.discountRate }),
    ...(line.discountAmount === undefined ? {} : { DiscountAmount: line.discountAmount }),
    ...(account === undefined ? {} : { AccountCode: account.code, AccountID: account.id }),
    Tracking: line.tracking.map(({ categoryId, optionId }) => {
      const category = books.trackingCategories.get(categoryId);
      return {
        Name: category?.name ?? '',
        Option: category?.options.find(({ id }) => id === optionId)?.name ?? '',
        TrackingCategoryID: categoryId,
        TrackingOptionID: optionId,
      };
    }),
    ...(line.quantity === undefined ? {} : { Quantity: line.quantity }),
    LineItemID: line.id,
    ValidationErrors: [],
  };
}
