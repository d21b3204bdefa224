import { plainText } from '../../model/billing/decimal.ts';
import type { DesiredDocument, DocumentLine, HeldDocument, HeldLine } from '../../model/billing/document.ts';
import { type FingerprintKey, fingerprint } from '../../model/fingerprint.ts';

/**
 * `draft AbCdEfGh 12345678`: the status, then keyed fingerprints of what the document says and of its quantities and
 * prices alone. The same for the document as sent and as the accounts return it, so that after a crash it tells which
 * of two writes has landed, even where a person has changed its texts since.
 */
export function fingerprintOfDocument(key: FingerprintKey, document: DesiredDocument | HeldDocument): string {
  const { status, lines } = document;
  const numbers = JSON.stringify(
    lines.map(({ quantity, unitAmount }) => [plainText(quantity), plainText(unitAmount)]),
  );
  return `${status} ${fingerprint(key, contentOf(document))} ${fingerprint(key, numbers)}`;
}

/** Whether two fingerprints are of the same content, in whatever status. */
export function saysTheSame(print: string, other: string | undefined): boolean {
  return other !== undefined && partOf(print, 1) === partOf(other, 1);
}

/** Whether two fingerprints are of the same quantities and prices. */
export function countsTheSame(print: string, other: string | undefined): boolean {
  return other !== undefined && partOf(print, 2) === partOf(other, 2);
}

function partOf(print: string, at: 1 | 2): string | undefined {
  return print.split(' ')[at];
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
    lines.map((line) => lineContent(line, document.lineAmounts === 'no-tax')),
  ]);
}

/** @param isFree of a document without tax: whatever a line names, the accounts put a tax type of their own there */
function lineContent(line: DocumentLine | HeldLine, isFree: boolean): readonly string[] {
  return [
    tidy(line.description),
    plainText(line.quantity),
    plainText(line.unitAmount),
    line.accountCode,
    isFree ? '' : line.taxType,
    plainText(line.amount),
    plainText(line.taxAmount),
    ...line.tracking.map(({ category, option }) => `${category}\u0000${option}`).sort(),
  ];
}

/** White space is what systems rewrite: `\r\n`, trailing blanks. */
function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
