import { createDocumentReader } from '@stackbridge/shared-mappers/connectors/xero/read.ts';
import { defineTrigger } from 'zapier-platform-core';
import { z } from 'zod';
import { xeroClient } from '../connection/xero.ts';
import { DOCUMENT_KIND_FIELD, documentKind } from '../fields/document-kind.ts';
import { LOOK_BACK_FIELD, lookBack } from '../fields/look-back.ts';
import { ORGANISATION_FIELD, organisation } from '../fields/organisation.ts';
import { DOCUMENT_OUTPUT, DOCUMENT_SAMPLE, documentItem } from '../records/document-item.ts';
import { sinceOf } from '../records/since.ts';
import { step } from '../step.ts';
import { readInput } from '../step-input.ts';

const input = z.object({ organisation, kind: documentKind, lookBack });

export const xeroInvoiceUpdated = defineTrigger({
  key: 'xero_invoice_updated',
  noun: 'Xero Invoice',
  display: {
    label: 'New or Updated Invoice in Xero',
    description:
      'Triggers when an invoice, a bill or spent money is entered in Xero, changed, approved, paid, voided or deleted.',
  },
  operation: {
    type: 'polling',
    inputFields: [ORGANISATION_FIELD, DOCUMENT_KIND_FIELD, LOOK_BACK_FIELD],
    perform: step(async (step) => {
      const { organisation, kind, lookBack } = readInput(input, step.input);
      const reader = createDocumentReader(await xeroClient(step, organisation));
      const changed = await reader.documentsChanged(kind, sinceOf(step, lookBack));
      return changed.toSorted((a, b) => b.modifiedAt - a.modifiedAt).map(documentItem);
    }),
    sample: DOCUMENT_SAMPLE,
    outputFields: DOCUMENT_OUTPUT,
  },
});
