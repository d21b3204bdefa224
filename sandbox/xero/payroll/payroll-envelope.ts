import type { Answer } from '../../simulator.ts';
import type { Books } from '../books/books.ts';
import { distorted, type XeroCall } from '../endpoint.ts';
import { Refusal } from '../wire/refusal.ts';
import { ticks } from '../wire/wire-time.ts';
import type { TimesheetFault } from './timesheet-rules.ts';

const PAGE = 100;

/** `{"id", "providerName", "dateTimeUTC", "httpStatusCode", "pagination", "problem", …}` of Payroll 2.0. */
export function payrollAnswer(books: Books, content: object, pagination: object | null = null): Answer {
  return { status: 200, body: { ...head(books, 'OK'), pagination, problem: null, ...content } };
}

/** A list, 100 a page. */
export function payrollPage<T>(
  call: XeroCall,
  name: string,
  rows: readonly T[],
  show: (row: T) => object,
): Answer {
  const page = Math.max(1, Number.parseInt(call.query.page ?? '1', 10) || 1);
  const itemCount = call.fault?.kind === 'empty' ? 0 : rows.length;
  const shown = distorted(call, rows.slice((page - 1) * PAGE, page * PAGE)).map(show);
  const pagination = { page, pageSize: PAGE, pageCount: Math.ceil(itemCount / PAGE), itemCount };
  return payrollAnswer(call.books, { [name]: shown }, pagination);
}

/** The API's own refusal, naming the fields at fault; `resource` is the key that stays null. */
export function payrollProblem(books: Books, resource: string, faults: readonly TimesheetFault[]): Refusal {
  const invalidFields = faults.map(({ field, reason }) => ({ name: field, reason }));
  const problem = {
    type: 'about:blank',
    title: 'BadRequest',
    status: '400',
    detail: 'Validation error occurred.',
    instance: null,
    invalidFields,
  };
  const body = { ...head(books, 'BadRequest'), pagination: null, problem, [resource]: null };
  return new Refusal('Validation error occurred.', { status: 400, body });
}

function head(books: Books, httpStatusCode: string): object {
  return {
    id: books.answers.next(),
    providerName: 'Stackbridge Sandbox',
    dateTimeUTC: ticks(books.now()),
    httpStatusCode,
  };
}
