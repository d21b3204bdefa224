import { sweepDay } from '../support/sweep-day.ts';
import { DAY_OF_EXPENSES } from '../support/swept-days.ts';

sweepDay(DAY_OF_EXPENSES);
