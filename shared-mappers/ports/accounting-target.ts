import type { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { ChartOfAccounts } from '../model/billing/chart.ts';
import type { DesiredDocument, DocumentKind, HeldDocument } from '../model/billing/document.ts';
import type { CalendarDate } from '../model/billing/money.ts';
import type { Instant } from '../model/instant.ts';

export interface AccountsContact {
  readonly id: string;
  readonly name: string;
  /** Our key for it; empty where it has none. */
  readonly number: string;
  readonly active: boolean;
  /** It was merged into another one: `id` and `active` are that one's. Default: it stands for itself. */
  readonly merged?: true;
}

export type DocumentWrite =
  | { readonly action: 'create'; readonly document: DesiredDocument }
  /**
   * Replaces a draft's lines and head. The draft is read again first: refused as `DOCUMENT_CLOSED` where it is none any
   * more, and as `DOCUMENT_CHANGED_BY_PERSON` where it says something else than `held`, the draft as it was planned on.
   */
  | {
      readonly action: 'update';
      readonly id: string;
      readonly document: DesiredDocument;
      readonly held?: HeldDocument;
    };

/** In the order of the writes, one each. */
export type DocumentResult =
  | { readonly outcome: 'written'; readonly held: HeldDocument }
  | { readonly outcome: 'refused'; readonly error: StackbridgeError }
  | { readonly outcome: 'uncertain'; readonly error: StackbridgeError };

/** In the order of the contacts, one each. */
export type ContactResult =
  | { readonly outcome: 'written'; readonly contact: AccountsContact }
  | { readonly outcome: 'refused'; readonly error: StackbridgeError }
  | { readonly outcome: 'uncertain'; readonly error: StackbridgeError };

/** Both ends included. */
export interface DateSpan {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** The accounts of one organisation. */
export interface AccountingTarget {
  readonly system: 'xero';
  /** Most documents one call takes: 50. */
  readonly writeBatch: number;
  chart(): Promise<ChartOfAccounts>;
  contactsByNumber(numbers: readonly string[]): Promise<readonly AccountsContact[]>;
  contactsByName(names: readonly string[]): Promise<readonly AccountsContact[]>;
  createContacts(
    contacts: readonly { readonly name: string; readonly number: string }[],
  ): Promise<readonly ContactResult[]>;
  /**
   * The documents with these numbers, in any status.
   *
   * @param dated spend money has no number to search by: what is dated then is read and picked from; default all
   */
  documentsByNumber(
    kind: DocumentKind,
    numbers: readonly string[],
    dated?: DateSpan,
  ): Promise<readonly HeldDocument[]>;
  documentsById(kind: DocumentKind, ids: readonly string[]): Promise<readonly HeldDocument[]>;
  /** The documents of a kind that have changed since, in any status. */
  documentsChanged(kind: DocumentKind, since: Instant): Promise<readonly HeldDocument[]>;
  /** Documents of one kind and action. An unanswered create is looked up by its number before it counts as uncertain. */
  write(kind: DocumentKind, writes: readonly DocumentWrite[]): Promise<DocumentResult[]>;
  /** @param mayBeThere leaves a file of that name that is on the document already. Default false: none is looked for */
  attach(
    kind: DocumentKind,
    documentId: string,
    file: { readonly fileName: string; readonly contentType: string; readonly base64: string },
    mayBeThere?: boolean,
  ): Promise<void>;
  attachments(kind: DocumentKind, documentId: string): Promise<readonly string[]>;
  /** A text file on a document; undefined where it has none of that name. */
  readFile(kind: DocumentKind, documentId: string, fileName: string): Promise<string | undefined>;
  /**
   * Puts a text file on a document, in any status, as often as it changes.
   *
   * @param replaces a file of that name is there: it is taken off for this one
   */
  writeFile(
    kind: DocumentKind,
    documentId: string,
    file: { readonly fileName: string; readonly text: string },
    replaces: boolean,
  ): Promise<void>;
  /** Once: a line that is marked already is left. Marks a line of a bill or of spend money as to be charged to a customer. */
  linkForRebilling(document: HeldDocument, lineId: string, contactId: string): Promise<void>;
  addHistory(kind: DocumentKind, documentId: string, note: string): Promise<void>;
}
