import { createDocumentReader } from '@stackbridge/shared-mappers/connectors/xero/read.ts';
import { defineSearch } from 'zapier-platform-core';
import { z } from 'zod';
import { xeroClient } from '../connection/xero.ts';
import { INVOICE_KIND_FIELD, invoiceKind } from '../fields/document-kind.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { DOCUMENT_OUTPUT, DOCUMENT_SAMPLE, documentItem } from '../records/document-item.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ organisation, kind: invoiceKind, number: z.string().min(1) });

export const xeroInvoice = defineSearch({
  key: 'xero_invoice',
  noun: 'Xero Invoice',
  display: {
    label: 'Find Xero Invoice',
    description: 'Finds an invoice or a bill in Xero by its number, whatever its status.',
  },
  operation: {
    inputFields: [
      ORGANISATION_FIELD,
      INVOICE_KIND_FIELD,
      {
        key: 'number',
        label: 'Number',
        type: 'string',
        required: true,
        helpText: 'The number as it stands on the invoice, such as INV-0042.',
      },
    ],
    perform: step(async (step) => {
      const { organisation, kind, number } = readInput(input, step.input);
      const reader = createDocumentReader(await xeroClient(step, organisation));
      return (await reader.documentsByNumber(kind, [number])).map(documentItem);
    }),
    sample: DOCUMENT_SAMPLE,
    outputFields: DOCUMENT_OUTPUT,
  },
});
