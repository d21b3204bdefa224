import { z } from 'zod';
import type { Books } from '../../books/books.ts';
import { isGuid } from '../../books/ids.ts';
import type { Item, ItemPrice } from '../../books/item.ts';
import { distorted, param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { type Columns, date, guid, text, truth } from '../../query/columns.ts';
import { modifiedSince, selected } from '../../query/listing.ts';
import { DecimalNumber, Flag, nested, readInput, Text } from '../../wire/input.ts';
import { rounded } from '../../wire/money.ts';
import { ElementFault, notFound } from '../../wire/refusal.ts';
import { msStamp } from '../../wire/wire-time.ts';
import { writeElements, writeOne } from '../elements.ts';
import { envelope } from '../envelope.ts';

// Broad apps reach items by their settings, granular ones by their invoices.
const scopes = ['accounting.settings', 'accounting.invoices'];

/** `/Items`: products and services. */
export const itemEndpoints: readonly XeroEndpoint[] = [
  {
    method: 'GET',
    path: '/Items',
    operation: 'items.list',
    scopes,
    handle: (call) => {
      const found = selected(call, modifiedSince(call, [...call.books.items.rows()]), COLUMNS);
      return envelope(call.books, { Items: distorted(call, found).map(showItem) });
    },
  },
  {
    method: 'PUT',
    path: '/Items',
    operation: 'items.create',
    scopes,
    handle: (call) =>
      writeElements(
        call,
        writing(call, () => undefined),
      ),
  },
  {
    method: 'POST',
    path: '/Items',
    operation: 'items.save',
    scopes,
    handle: (call) =>
      writeElements(
        call,
        writing(call, ({ ItemID, Code }) =>
          ItemID === undefined ? call.books.itemByCode(Code ?? '') : call.books.items.get(ItemID),
        ),
      ),
  },
  {
    method: 'GET',
    path: '/Items/:ItemID',
    operation: 'items.get',
    scopes,
    handle: (call) => envelope(call.books, { Items: [showItem(itemAt(call))] }),
  },
  {
    method: 'POST',
    path: '/Items/:ItemID',
    operation: 'items.update',
    scopes,
    handle: (call) => {
      const item = itemAt(call);
      return writeOne(
        call,
        writing(call, () => item),
      );
    },
  },
  {
    method: 'DELETE',
    path: '/Items/:ItemID',
    operation: 'items.delete',
    scopes,
    handle: (call) => {
      call.books.items.remove(itemAt(call).id);
      return { status: 204 };
    },
  },
];

const PriceInput = z.object({ UnitPrice: DecimalNumber, AccountCode: Text, TaxType: Text });
const ItemInput = z.object({
  ItemID: Text,
  Code: Text,
  Name: Text,
  Description: Text,
  PurchaseDescription: Text,
  IsSold: Flag,
  IsPurchased: Flag,
  SalesDetails: nested(PriceInput),
  PurchaseDetails: nested(PriceInput),
});
type ItemInput = z.infer<typeof ItemInput>;

const COLUMNS: Columns<Item> = {
  resource: 'Item',
  byPath: {
    ItemID: guid(({ id }) => id),
    Code: text(({ code }) => code),
    Name: text(({ name }) => name),
    Description: text(({ description }) => description),
    IsSold: truth(({ isSold }) => isSold),
    IsPurchased: truth(({ isPurchased }) => isPurchased),
    UpdatedDateUTC: date(({ updatedMs }) => updatedMs),
  },
};

function itemAt(call: XeroCall): Item {
  const key = param(call, 'ItemID');
  const found = isGuid(key) ? call.books.items.get(key) : call.books.itemByCode(key);
  if (found === undefined) throw notFound();
  return found;
}

function showItem(item: Item): object {
  return {
    ItemID: item.id,
    Code: item.code,
    Name: item.name,
    Description: item.description,
    ...(item.purchaseDescription === '' ? {} : { PurchaseDescription: item.purchaseDescription }),
    UpdatedDateUTC: msStamp(item.updatedMs),
    PurchaseDetails: showPrice(item.purchases),
    SalesDetails: showPrice(item.sales),
    IsTrackedAsInventory: false,
    IsSold: item.isSold,
    IsPurchased: item.isPurchased,
  };
}

function showPrice({ unitPrice, accountCode, taxType }: ItemPrice): object {
  return {
    ...(unitPrice === undefined ? {} : { UnitPrice: unitPrice }),
    ...(accountCode === undefined ? {} : { AccountCode: accountCode }),
    ...(taxType === undefined ? {} : { TaxType: taxType }),
  };
}

function writing(call: XeroCall, find: (input: ItemInput) => Item | undefined) {
  const { books } = call;
  const places = call.query.unitdp === '4' ? 4 : 2;
  return {
    plural: 'Items',
    idKey: 'ItemID',
    write: (element: Record<string, unknown>, index: number): object => {
      const input = readInput(ItemInput, element, `Items[${index}]`);
      return showItem(writeItem(books, input, find(input), places));
    },
  };
}

function writeItem(books: Books, input: ItemInput, previous: Item | undefined, places: 2 | 4): Item {
  const code = (input.Code ?? previous?.code ?? '').trim();
  const name = input.Name ?? previous?.name ?? '';
  const holder = books.itemByCode(code);
  if (code === '' || code.length > 30)
    throw new ElementFault(['The Code field must be specified and no longer than 30 characters.']);
  if (name.length > 50) throw new ElementFault(['The Name field must be no longer than 50 characters.']);
  if (holder !== undefined && holder.id !== previous?.id)
    throw new ElementFault([`Price List Item with Code '${code}' already exists`]);
  return books.items.put({
    id: previous?.id ?? books.ids.next(),
    code,
    name,
    description: input.Description ?? previous?.description ?? '',
    purchaseDescription: input.PurchaseDescription ?? previous?.purchaseDescription ?? '',
    isSold: input.IsSold ?? previous?.isSold ?? true,
    isPurchased: input.IsPurchased ?? previous?.isPurchased ?? true,
    sales: priceOf(books, input.SalesDetails, previous?.sales, places),
    purchases: priceOf(books, input.PurchaseDetails, previous?.purchases, places),
    updatedMs: books.now(),
  });
}

function priceOf(
  books: Books,
  input: ItemInput['SalesDetails'],
  previous: ItemPrice = {},
  places: 2 | 4,
): ItemPrice {
  if (input === undefined) return previous;
  const { UnitPrice, AccountCode, TaxType } = input;
  if (AccountCode !== undefined && books.accountByCode(AccountCode) === undefined) {
    throw new ElementFault([`Account code '${AccountCode}' is not a valid code for this document.`]);
  }
  return {
    ...previous,
    ...(UnitPrice === undefined ? {} : { unitPrice: rounded(UnitPrice, places) }),
    ...(AccountCode === undefined ? {} : { accountCode: AccountCode }),
    ...(TaxType === undefined ? {} : { taxType: TaxType }),
  };
}
