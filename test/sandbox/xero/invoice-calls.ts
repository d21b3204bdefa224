import type { Answered, Method, ServedXero } from './served-xero.ts';

const A = '/api.xro/2.0';

/** Values of a resource as answers show them. */
export type Shown = Record<string, unknown>;

/** A sales line that breaks no rule. */
export const LINE = {
  Description: 'Development',
  Quantity: 1,
  UnitAmount: 100,
  AccountCode: '200',
  TaxType: 'OUTPUT',
} as const;

/** A sales invoice that breaks no rule, authorised unless said otherwise. */
export function salesInvoice(changes: object = {}): object {
  return {
    Type: 'ACCREC',
    Contact: { Name: 'Acme' },
    Date: '2026-11-01',
    DueDate: '2026-12-01',
    LineAmountTypes: 'Exclusive',
    Status: 'AUTHORISED',
    LineItems: [LINE],
    ...changes,
  };
}

/** Writes one invoice. @returns it, or the messages of its faults */
export async function write(
  served: ServedXero,
  invoice: object,
  {
    method = 'PUT',
    id = '',
    query = '?summarizeErrors=false&unitdp=4',
  }: { method?: Method; id?: string; query?: string } = {},
): Promise<{ invoice: Shown; faults: string[] }> {
  const path = id === '' ? `${A}/Invoices${query}` : `${A}/Invoices/${id}?unitdp=4`;
  const { body } = await served.call(method, path, { body: { Invoices: [invoice] } });
  const shown: Shown = Object(body).Invoices?.[0] ?? Object(body).Elements?.[0] ?? {};
  return { invoice: shown, faults: faultsOf(shown) };
}

/** Changes an invoice by its own address. */
export function change(served: ServedXero, { InvoiceID }: Shown, changes: object): ReturnType<typeof write> {
  return write(served, changes, { method: 'POST', id: String(InvoiceID) });
}

/** An invoice as reading it alone shows it. */
export async function read(served: ServedXero, { InvoiceID }: Shown, query = '?unitdp=4'): Promise<Shown> {
  const { body } = await served.call('GET', `${A}/Invoices/${String(InvoiceID)}${query}`);
  return Object(body).Invoices[0];
}

export function faultsOf(shown: Shown): string[] {
  return Array.from(Object(shown.ValidationErrors ?? []), (fault) => String(Object(fault).Message));
}

/** The resources of a listing. */
export async function listed(served: ServedXero, path: string): Promise<Shown[]> {
  const answer: Answered = await served.call('GET', `${A}/${path}`);
  const plural = path.split(/[?/]/)[0] ?? '';
  return Object(answer.body)[plural] ?? [];
}

export function pick(shown: Shown, ...keys: readonly string[]): Shown {
  return Object.fromEntries(keys.map((key) => [key, shown[key]]));
}
