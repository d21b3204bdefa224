import type { Books } from '../books/books.ts';
import type { Region } from '../books/organisation.ts';
import { REGION_FACTS } from '../opening/regions.ts';
import type { CalendarDate } from '../wire/wire-time.ts';

const FORMATS = new Map<Region, Intl.DateTimeFormat>();

/** The date it is where the organisation is at home: what a document gets that names none. */
export function today(books: Books): CalendarDate {
  const { region } = books.organisation;
  let format = FORMATS.get(region);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: REGION_FACTS[region].zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    FORMATS.set(region, format);
  }
  return format.format(books.now());
}
