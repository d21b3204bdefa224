import type { DocumentKind } from '../../model/billing/document.ts';
import { ACCOUNTING } from './api.ts';

/** Where a kind of document lives in Xero. */
export interface DocumentHome {
  readonly path: string;
  /** Property of bodies that holds the documents. */
  readonly rows: 'Invoices' | 'BankTransactions';
  readonly id: 'InvoiceID' | 'BankTransactionID';
  readonly type: 'ACCREC' | 'ACCPAY' | 'SPEND';
  /** No two may have one number; others are only found by it. */
  readonly isNumberUnique: boolean;
}

const invoices = { path: `${ACCOUNTING}/Invoices`, rows: 'Invoices', id: 'InvoiceID' } as const;

export const DOCUMENT_HOMES: Readonly<Record<DocumentKind, DocumentHome>> = {
  'sales-invoice': { ...invoices, type: 'ACCREC', isNumberUnique: true },
  bill: { ...invoices, type: 'ACCPAY', isNumberUnique: false },
  'spend-money': {
    path: `${ACCOUNTING}/BankTransactions`,
    rows: 'BankTransactions',
    id: 'BankTransactionID',
    type: 'SPEND',
    isNumberUnique: false,
  },
};
