import { plainText } from '../../model/billing/decimal.ts';
import type { DesiredDocument, DocumentLine, HeldDocument, HeldLine } from '../../model/billing/document.ts';
import { type FingerprintKey, fingerprint } from '../../model/fingerprint.ts';

/**
 * Fingerprint of what a document says, without its status: the same for the document as sent and as the accounts
 * return it, so that after a crash it tells which of two writes has landed.
 */
export function fingerprintOfDocument(key: FingerprintKey, document: DesiredDocument | HeldDocument): string {
  return fingerprint(key, contentOf(document));
}

function contentOf(document: DesiredDocument | HeldDocument): string {
  const { kind, contactId, date, dueDate, currency, reference, lines } = document;
  // A bill's number is what the accounts show as its reference, and spend money has no due date.
  return JSON.stringify([
    kind,
    document.number,
    contactId,
    date,
    kind === 'spend-money' ? '' : (dueDate ?? ''),
    currency,
    kind === 'sales-invoice' ? tidy(reference) : '',
    lines.map(lineContent),
  ]);
}

function lineContent(line: DocumentLine | HeldLine): readonly string[] {
  return [
    tidy(line.description),
    plainText(line.quantity),
    plainText(line.unitAmount),
    line.accountCode,
    line.taxType,
    plainText(line.amount),
    plainText(line.taxAmount),
    ...line.tracking.map(({ category, option }) => `${category}\u0000${option}`).sort(),
  ];
}

/** White space is what systems rewrite: `\r\n`, trailing blanks. */
function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
