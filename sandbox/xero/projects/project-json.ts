import { Decimal } from 'decimal.js';
import type { Books } from '../books/books.ts';
import type { Project, ProjectTask, TimeEntry } from '../books/project.ts';
import type { User } from '../books/user.ts';
import { type Amount, cents, sum } from '../wire/money.ts';
import { ticks } from '../wire/wire-time.ts';
import { taskFigures } from './project-figures.ts';

export function showProject(books: Books, project: Project): object {
  const money = moneyOf(books);
  const figures = [...books.tasks.found(books.tasksByProject, project.id)].map((task) => ({
    ...taskFigures(books, task),
    isChargeable: task.chargeType !== 'NON_CHARGEABLE',
  }));
  const total = cents(sum(figures.map(({ amount }) => amount)));
  const invoiced = cents(sum(figures.map(({ amountInvoiced }) => amountInvoiced)));
  const open = cents(new Decimal(total).minus(invoiced));
  const minutes = figures.reduce((all, figure) => all + figure.minutes, 0);
  const openMinutes = figures.reduce(
    (all, figure) => all + (figure.isChargeable ? figure.minutes - figure.minutesInvoiced : 0),
    0,
  );
  return {
    projectId: project.id,
    contactId: project.contactId,
    name: project.name,
    currencyCode: books.organisation.baseCurrency,
    minutesLogged: minutes,
    totalTaskAmount: money(total),
    totalExpenseAmount: money(0),
    minutesToBeInvoiced: openMinutes,
    taskAmountToBeInvoiced: money(open),
    taskAmountInvoiced: money(invoiced),
    expenseAmountToBeInvoiced: money(0),
    expenseAmountInvoiced: money(0),
    projectAmountInvoiced: money(invoiced),
    deposit: money(0),
    depositApplied: money(0),
    creditNoteAmount: money(0),
    totalInvoiced: money(invoiced),
    totalToBeInvoiced: money(open),
    ...(project.deadlineUtc === undefined ? {} : { deadlineUtc: project.deadlineUtc }),
    ...(project.estimate === undefined ? {} : { estimate: money(project.estimate) }),
    status: project.status,
  };
}

export function showTask(books: Books, task: ProjectTask): object {
  const money = moneyOf(books);
  const { minutes, minutesInvoiced, amount, amountInvoiced } = taskFigures(books, task);
  const isTime = task.chargeType === 'TIME';
  return {
    taskId: task.id,
    name: task.name,
    rate: money(task.rate),
    chargeType: task.chargeType,
    ...(task.estimateMinutes === undefined ? {} : { estimateMinutes: task.estimateMinutes }),
    projectId: task.projectId,
    totalMinutes: minutes,
    totalAmount: money(amount),
    minutesInvoiced,
    minutesToBeInvoiced: isTime ? minutes - minutesInvoiced : 0,
    fixedMinutes: task.chargeType === 'FIXED' ? minutes : 0,
    nonChargeableMinutes: task.chargeType === 'NON_CHARGEABLE' ? minutes : 0,
    amountToBeInvoiced: money(cents(new Decimal(amount).minus(amountInvoiced))),
    amountInvoiced: money(amountInvoiced),
    status: task.status,
  };
}

export function showTimeEntry(entry: TimeEntry): object {
  return {
    timeEntryId: entry.id,
    userId: entry.userId,
    projectId: entry.projectId,
    taskId: entry.taskId,
    dateUtc: entry.dateUtc,
    dateEnteredUtc: `${ticks(entry.enteredMs)}Z`,
    duration: entry.duration,
    description: entry.description,
    status: entry.status,
  };
}

export function showProjectUser({ id, firstName, lastName, email }: User): object {
  return { userId: id, name: `${firstName} ${lastName}`, email };
}

function moneyOf(books: Books): (value: Amount) => object {
  const currency = books.organisation.baseCurrency;
  return (value) => ({ currency, value });
}
