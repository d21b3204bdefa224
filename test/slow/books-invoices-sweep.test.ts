import { sweepDay } from '../support/sweep-day.ts';
import { DAY_OF_BOOKS_INVOICES } from '../support/swept-days.ts';

sweepDay(DAY_OF_BOOKS_INVOICES);
