import { Decimal } from 'decimal.js';
import type { Books } from '../books/books.ts';
import type { ProjectTask, TimeEntry } from '../books/project.ts';
import { type Amount, cents } from '../wire/money.ts';

/** What a task's time comes to. Minutes in whole numbers, money in the organisation's currency. */
export interface TaskFigures {
  readonly minutes: number;
  readonly minutesInvoiced: number;
  readonly amount: Amount;
  readonly amountInvoiced: Amount;
}

/** Only tasks charged by time have an amount that follows from it; a fixed price is its rate. */
export function taskFigures(books: Books, task: ProjectTask): TaskFigures {
  let minutes = 0;
  let minutesInvoiced = 0;
  for (const entry of entriesOf(books, task)) {
    minutes += entry.duration;
    if (entry.status === 'INVOICED') minutesInvoiced += entry.duration;
  }
  const isInvoiced = task.status === 'INVOICED';
  const price = (duration: number): Amount => cents(new Decimal(duration).times(task.rate).dividedBy(60));
  switch (task.chargeType) {
    case 'TIME':
      return { minutes, minutesInvoiced, amount: price(minutes), amountInvoiced: price(minutesInvoiced) };
    case 'FIXED':
      return { minutes, minutesInvoiced, amount: task.rate, amountInvoiced: isInvoiced ? task.rate : 0 };
    case 'NON_CHARGEABLE':
      return { minutes, minutesInvoiced: 0, amount: 0, amountInvoiced: 0 };
  }
}

function entriesOf(books: Books, task: ProjectTask): TimeEntry[] {
  return [...books.timeEntries.found(books.timeByProject, task.projectId)].filter(
    ({ taskId }) => taskId === task.id,
  );
}
