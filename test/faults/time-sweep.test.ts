import { sweepDay } from '../support/sweep-day.ts';
import { WEEK_OF_TIME } from '../support/swept-days.ts';

sweepDay(WEEK_OF_TIME);
