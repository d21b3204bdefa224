import { z } from 'zod';
import type { Books } from '../books/books.ts';
import type { Employee } from '../books/employee.ts';

/** An employee as the payroll's screens take one. */
export const EmployeeValues = z.strictObject({
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.string().optional(),
  dateOfBirth: z.iso.date().optional(),
  startDate: z.iso.date().optional(),
  endDate: z.iso.date().optional(),
  /** Name of a pay calendar; default Weekly. */
  calendar: z.string().optional(),
});
export type EmployeeValues = z.infer<typeof EmployeeValues>;

/** Adds an employee, or changes one. @throws RangeError for an unknown calendar, or without payroll */
export function addEmployee(books: Books, values: EmployeeValues, previous?: Employee): Employee {
  const wanted = values.calendar ?? 'Weekly';
  const calendar = [...books.payCalendars.rows()].find(({ name }) => name === wanted);
  if (calendar === undefined) throw new RangeError(`No pay calendar ${wanted}`);
  const rate = books.earningsRates.rows().next().value;
  const firstName = values.firstName ?? previous?.firstName ?? 'Sam';
  const lastName = values.lastName ?? previous?.lastName ?? 'Worker';
  const endDate = values.endDate ?? previous?.endDate;
  return books.employees.put({
    id: previous?.id ?? books.ids.next(),
    firstName,
    lastName,
    email: values.email ?? previous?.email ?? `${firstName}.${lastName}@sandbox.test`.toLowerCase(),
    gender: previous?.gender ?? 'F',
    dateOfBirth: values.dateOfBirth ?? previous?.dateOfBirth ?? '1990-12-01',
    startDate: values.startDate ?? previous?.startDate ?? '2021-07-01',
    ...(endDate === undefined ? {} : { endDate }),
    addressLine1: '1 Loopback Lane',
    city: 'Island Bay',
    postCode: '6023',
    state: 'NSW',
    calendarId: values.calendar === undefined ? (previous?.calendarId ?? calendar.id) : calendar.id,
    ...(rate === undefined ? {} : { earningsRateId: rate.id }),
    createdMs: previous?.createdMs ?? books.now(),
    updatedMs: books.now(),
  });
}
