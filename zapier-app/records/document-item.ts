import type { HeldDocument, HeldLine } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type { PlainOutputField } from 'zapier-platform-core';

type LineItem = Omit<HeldLine, 'tracking'> & { readonly tracking: string };

/** A document of Xero as a Zap sees it, its lines as line items. */
export type DocumentItem = Omit<HeldDocument, 'lines' | 'modifiedAt' | 'dueDate' | 'id'> & {
  /** Changes with every change of the document, since Zapier shows a Zap each id only once. */
  readonly id: string;
  readonly documentId: string;
  readonly dueDate: string;
  readonly modifiedAt: string;
  readonly lines: readonly LineItem[];
};

export function documentItem({ id, modifiedAt, dueDate = '', lines, ...rest }: HeldDocument): DocumentItem {
  return {
    ...rest,
    id: `${id}-${modifiedAt}`,
    documentId: id,
    dueDate,
    modifiedAt: new Date(modifiedAt).toISOString(),
    lines: lines.map(({ tracking, ...line }) => ({
      ...line,
      tracking: tracking.map(({ category, option }) => `${category}: ${option}`).join('; '),
    })),
  };
}

export const DOCUMENT_SAMPLE: DocumentItem & Record<string, unknown> = {
  id: '5b96e86b-418e-48e8-8949-308c14aec278-1793606400000',
  documentId: '5b96e86b-418e-48e8-8949-308c14aec278',
  kind: 'sales-invoice',
  number: 'SB-M-4000000012345',
  status: 'draft',
  contactId: 'bd2270c3-8706-4c11-9cfb-000b551c3f51',
  date: '2026-11-02',
  dueDate: '2026-12-02',
  currency: 'GBP',
  reference: 'Website relaunch: design',
  subTotal: '233.33',
  totalTax: '46.67',
  total: '280.00',
  hasAttachments: true,
  modifiedAt: '2026-11-02T08:00:00.000Z',
  lines: [
    {
      id: '8a1c7b2e-52a4-4a6f-9f0e-7f2a3c1d5e6f',
      description: 'Design, 2:20 h',
      quantity: '2.3333',
      unitAmount: '100.0000',
      accountCode: '200',
      taxType: 'OUTPUT2',
      amount: '233.33',
      taxAmount: '46.67',
      tracking: '',
    },
  ],
};

export const DOCUMENT_OUTPUT: PlainOutputField[] = [
  { key: 'id', label: 'Change ID' },
  { key: 'documentId', label: 'Document ID' },
  { key: 'number', label: 'Number' },
  { key: 'status', label: 'Status' },
  { key: 'contactId', label: 'Contact ID' },
  { key: 'date', label: 'Date' },
  { key: 'dueDate', label: 'Due Date' },
  { key: 'currency', label: 'Currency' },
  { key: 'reference', label: 'Reference' },
  { key: 'subTotal', label: 'Total Without Tax' },
  { key: 'totalTax', label: 'Tax' },
  { key: 'total', label: 'Total' },
  { key: 'modifiedAt', label: 'Modified At', type: 'datetime' },
  {
    key: 'lines',
    label: 'Lines',
    children: [
      { key: 'description', label: 'Description' },
      { key: 'quantity', label: 'Quantity' },
      { key: 'unitAmount', label: 'Unit Amount' },
      { key: 'accountCode', label: 'Account Code' },
      { key: 'taxType', label: 'Tax Type' },
      { key: 'amount', label: 'Amount' },
      { key: 'taxAmount', label: 'Tax Amount' },
      { key: 'tracking', label: 'Tracking' },
    ],
  },
];
