import { z } from 'zod';
import type { Answer } from '../../../simulator.ts';
import type { Books } from '../../books/books.ts';
import type { TrackingCategory, TrackingOption, TrackingStatus } from '../../books/tracking-category.ts';
import { distorted, flag, param, type XeroCall, type XeroEndpoint } from '../../endpoint.ts';
import { type Columns, guid, text } from '../../query/columns.ts';
import { selected } from '../../query/listing.ts';
import { readInput, Text } from '../../wire/input.ts';
import { ElementFault, notFound } from '../../wire/refusal.ts';
import { writeElements, writeOne } from '../elements.ts';
import { envelope } from '../envelope.ts';

const scopes = ['accounting.settings'];
const PATH = '/TrackingCategories';
const MOST_ACTIVE = 2;
const LONGEST_NAME = 100;

/** `/TrackingCategories` and their options. */
export const trackingEndpoints: readonly XeroEndpoint[] = [
  { method: 'GET', path: PATH, operation: 'tracking.list', scopes, handle: list },
  {
    method: 'PUT',
    path: PATH,
    operation: 'tracking.create',
    scopes,
    handle: (call) => writeOne(call, categories(call, undefined)),
  },
  {
    method: 'GET',
    path: `${PATH}/:TrackingCategoryID`,
    operation: 'tracking.get',
    scopes,
    handle: (call) => envelope(call.books, { TrackingCategories: [showCategory(categoryAt(call), true)] }),
  },
  {
    method: 'POST',
    path: `${PATH}/:TrackingCategoryID`,
    operation: 'tracking.update',
    scopes,
    handle: (call) => writeOne(call, categories(call, categoryAt(call))),
  },
  {
    method: 'DELETE',
    path: `${PATH}/:TrackingCategoryID`,
    operation: 'tracking.delete',
    scopes,
    handle: (call) => {
      const deleted = call.books.trackingCategories.put({ ...categoryAt(call), status: 'DELETED' });
      return envelope(call.books, { TrackingCategories: [showCategory(deleted, true)] });
    },
  },
  {
    method: 'PUT',
    path: `${PATH}/:TrackingCategoryID/Options`,
    operation: 'tracking.options.create',
    scopes,
    handle: (call) => writeElements(call, options(call, undefined)),
  },
  {
    method: 'POST',
    path: `${PATH}/:TrackingCategoryID/Options/:TrackingOptionID`,
    operation: 'tracking.options.update',
    scopes,
    handle: (call) => writeOne(call, options(call, optionAt(call))),
  },
  {
    method: 'DELETE',
    path: `${PATH}/:TrackingCategoryID/Options/:TrackingOptionID`,
    operation: 'tracking.options.delete',
    scopes,
    handle: (call) => {
      const deleted: TrackingOption = { ...optionAt(call), status: 'DELETED' };
      putOption(call.books, categoryAt(call), deleted);
      return envelope(call.books, { Options: [showOption(deleted)] });
    },
  },
];

const NamedInput = z.object({ Name: Text, name: Text, Status: Text });

const COLUMNS: Columns<TrackingCategory> = {
  resource: 'TrackingCategory',
  byPath: {
    TrackingCategoryID: guid(({ id }) => id),
    Name: text(({ name }) => name),
    Status: text(({ status }) => status),
  },
};

function list(call: XeroCall): Answer {
  const withArchived = flag(call, 'includeArchived');
  const rows = [...call.books.trackingCategories.rows()].filter(
    ({ status }) => status === 'ACTIVE' || (withArchived && status === 'ARCHIVED'),
  );
  const found = distorted(call, selected(call, rows, COLUMNS));
  return envelope(call.books, {
    TrackingCategories: found.map((category) => showCategory(category, withArchived)),
  });
}

export function showCategory(
  { id, name, status, options: all }: TrackingCategory,
  withArchived: boolean,
): object {
  const shown = all.filter(
    (option) => option.status === 'ACTIVE' || (withArchived && option.status === 'ARCHIVED'),
  );
  return { Name: name, Status: status, TrackingCategoryID: id, Options: shown.map(showOption) };
}

function showOption({ id, name, status }: TrackingOption): object {
  return {
    TrackingOptionID: id,
    Name: name,
    Status: status,
    HasValidationErrors: false,
    IsDeleted: status === 'DELETED',
    IsArchived: status === 'ARCHIVED',
    IsActive: status === 'ACTIVE',
  };
}

function categoryAt(call: XeroCall): TrackingCategory {
  const found = call.books.trackingCategories.get(param(call, 'TrackingCategoryID'));
  if (found === undefined) throw notFound();
  return found;
}

function optionAt(call: XeroCall): TrackingOption {
  const wanted = param(call, 'TrackingOptionID').toLowerCase();
  const found = categoryAt(call).options.find(({ id }) => id === wanted);
  if (found === undefined) throw notFound();
  return found;
}

function categories(call: XeroCall, previous: TrackingCategory | undefined) {
  const { books } = call;
  return {
    plural: 'TrackingCategories',
    idKey: 'TrackingCategoryID',
    write: (element: Record<string, unknown>): object => {
      const others = [...books.trackingCategories.rows()].filter(
        ({ id, status }) => id !== previous?.id && status !== 'DELETED',
      );
      const { name, status } = named(element, previous, others);
      const active = others.filter((category) => category.status === 'ACTIVE').length;
      if (status === 'ACTIVE' && active >= MOST_ACTIVE) {
        throw new ElementFault([`Only ${MOST_ACTIVE} active tracking categories are allowed.`]);
      }
      const category = {
        id: previous?.id ?? books.ids.next(),
        name,
        status,
        options: previous?.options ?? [],
      };
      return showCategory(books.trackingCategories.put(category), true);
    },
  };
}

function options(call: XeroCall, previous: TrackingOption | undefined) {
  const { books } = call;
  return {
    plural: 'Options',
    idKey: 'TrackingOptionID',
    write: (element: Record<string, unknown>): object => {
      const category = categoryAt(call);
      const others = category.options.filter(({ id, status }) => id !== previous?.id && status !== 'DELETED');
      const option = { id: previous?.id ?? books.ids.next(), ...named(element, previous, others) };
      putOption(books, category, option);
      return showOption(option);
    },
  };
}

function putOption(books: Books, category: TrackingCategory, option: TrackingOption): void {
  const isKnown = category.options.some(({ id }) => id === option.id);
  const all = isKnown
    ? category.options.map((one) => (one.id === option.id ? option : one))
    : [...category.options, option];
  books.trackingCategories.put({ ...category, options: all });
}

function named(
  element: Record<string, unknown>,
  previous: { name: string; status: TrackingStatus } | undefined,
  others: readonly { name: string }[],
): { name: string; status: TrackingStatus } {
  const input = readInput(NamedInput, element, 'TrackingCategories[0]');
  const name = (input.Name ?? input.name ?? previous?.name ?? '').trim();
  const status = input.Status?.toUpperCase() ?? previous?.status ?? 'ACTIVE';
  if (name === '' || name.length > LONGEST_NAME) {
    throw new ElementFault([
      `The Name field must be specified and no longer than ${LONGEST_NAME} characters.`,
    ]);
  }
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    throw new ElementFault(['The Name must be unique.']);
  }
  if (status !== 'ACTIVE' && status !== 'ARCHIVED')
    throw new ElementFault([`The Status '${status}' is not valid.`]);
  return { name, status };
}
