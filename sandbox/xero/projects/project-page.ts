import type { Answer } from '../../simulator.ts';
import { distorted, type XeroCall } from '../endpoint.ts';
import { ModelState } from './project-refusal.ts';

const USUAL_PAGE = 50;
const LARGEST_PAGE = 500;

/** `{"pagination", "items"}`: the Projects API pages every list. @throws Refusal for a page that cannot be */
export function pageAnswer<T>(call: XeroCall, rows: readonly T[], show: (row: T) => object): Answer {
  const state = new ModelState();
  const page = whole(call.query.page, 1, Number.MAX_SAFE_INTEGER);
  const pageSize = whole(call.query.pageSize, USUAL_PAGE, LARGEST_PAGE);
  if (page === undefined) state.add('page', 'Page must be a number greater than 0.');
  if (pageSize === undefined)
    state.add('pageSize', `PageSize must be a number between 1 and ${LARGEST_PAGE}.`);
  state.check();
  const size = pageSize ?? USUAL_PAGE;
  const start = ((page ?? 1) - 1) * size;
  const isEmpty = call.fault?.kind === 'empty';
  const itemCount = isEmpty ? 0 : rows.length;
  const items = distorted(call, rows.slice(start, start + size)).map(show);
  return {
    status: 200,
    body: {
      pagination: { page: page ?? 1, pageSize: size, pageCount: Math.ceil(itemCount / size), itemCount },
      items,
    },
  };
}

function whole(text: string | undefined, usual: number, most: number): number | undefined {
  if (text === undefined || text === '') return usual;
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 && number <= most ? number : undefined;
}
