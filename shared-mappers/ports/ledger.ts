import type { DocumentKind, LineSource } from '../model/billing/document.ts';
import type { DocumentMemory, LedgerChange, LedgerEntry } from '../model/billing/ledger.ts';
import type { CalendarDate } from '../model/billing/money.ts';
import type { Instant } from '../model/instant.ts';
import type { Lease } from './store.ts';

/** The base of billing: which source went onto which document. A commit applies all of its changes or none. */
export interface Ledger {
  /** All entries of the sources, of any recipe, purpose and state. */
  entries(scope: string, sources: readonly Pick<LineSource, 'kind' | 'id'>[]): Promise<LedgerEntry[]>;
  entriesOf(scope: string, documentNumbers: readonly string[]): Promise<LedgerEntry[]>;
  /** Ids of what the recipe's documents bill: every subject with entries that are not freed. */
  subjects(scope: string, recipe: string): Promise<string[]>;
  documents(scope: string, recipe: string, subjects: readonly string[]): Promise<DocumentMemory[]>;
  /** Rejects with `LeaseLost` when the lease is not the newest. */
  commitLedger(lease: Lease, changes: readonly LedgerChange[]): Promise<void>;
  /** Only where the ledger stands on the documents themselves. */
  readonly onDocuments?: LedgerOnDocuments;
}

/** Of documents that carry the ledger, it knows what has been looked into. */
export interface LedgerOnDocuments {
  /** What live documents bill, also where nothing that is listed leads to them: by subject the number of its first one. */
  standing(scope: string, recipe: string, search: StandingSearch): Promise<ReadonlyMap<string, string>>;
  /** Finds the documents of the subjects: before anything is asked about those. */
  find(scope: string, places: readonly DocumentPlace[]): Promise<void>;
  /** Reads what stands on the documents of the subjects. False where nothing was left to be read. */
  lookInto(subjects: readonly string[]): Promise<boolean>;
  /** Reads the pages of the subjects' own documents, whatever depends on them. False where nothing was left to be read. */
  readPages(subjects: readonly string[]): Promise<boolean>;
  /** As far as pages were read; undefined where the subject has none. */
  lastLook(recipe: string, subject: string): LastLook | undefined;
}

/** The newest work that the documents of a subject were held against. */
export interface LastLook {
  /** When it was read; before everything where its pages do not say. */
  readonly asOf: Instant;
  /** The newest document that is not voided: a later look can be noted on it. */
  readonly standing?: DocumentMemory;
}

/** Where documents of a recipe may stand. */
export interface StandingSearch {
  readonly kinds: readonly DocumentKind[];
  /** None of its documents is older. */
  readonly since: CalendarDate;
  /**
   * What a document of this number bills. `on-its-page`: only that tells, and reading it costs a call. Undefined: it is
   * none of the recipe's, or found anyhow.
   */
  subjectOf(number: string): Pick<DocumentPlace, 'id' | 'firstNumber'> | 'on-its-page' | undefined;
}

/** Where the documents of a subject are found. */
export interface DocumentPlace {
  /** Of the subject. */
  readonly id: string;
  /** Kinds its documents may be of. */
  readonly kinds: readonly DocumentKind[];
  /** Number of its first document. */
  readonly firstNumber: string;
  /** The day of its documents, where that is known: those that a person gave another number are looked for there. */
  readonly dated?: CalendarDate;
  /** A file that belongs on its document. */
  readonly receipt?: { readonly fileName: string };
  /** Documents of other recipes, which may have taken some of what it bills. Default: none. */
  readonly others?: readonly DocumentPlace[];
  /** What of it may stand on an invoice of whatever number, made since that day. Default: nothing. */
  readonly mayBeCharged?: {
    readonly since: CalendarDate;
    readonly sources: readonly Pick<LineSource, 'kind' | 'id'>[];
  };
}
