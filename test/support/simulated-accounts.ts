import type {
  DesiredDocument,
  DocumentStatus,
  HeldDocument,
  LineSource,
} from '@stackbridge/shared-mappers/model/billing/document.ts';

interface Sheet {
  held: HeldDocument;
  /** What its lines bill, as they were sent: the accounts do not know, the test does. */
  sources: readonly LineSource[];
  /** What a person took off or put on by hand. */
  byHand: LineSource[];
  touchedByPerson: boolean;
}

/** Accounts of one organisation in a map: they keep what is sent and refuse what real ones do. */
export class SimulatedAccounts {
  readonly #sheets = new Map<string, Sheet>();
  /** Writes that must never have been asked for. */
  readonly offences: string[] = [];
  writes = 0;
  #ids = 0;

  create(document: DesiredDocument): HeldDocument | 'refused' {
    this.writes += 1;
    if (this.#sheets.has(document.number)) return 'refused';
    this.#ids += 1;
    const held = asHeld(document, `document-${this.#ids}`);
    this.#sheets.set(document.number, {
      held,
      sources: sourcesOf(document),
      byHand: [],
      touchedByPerson: false,
    });
    return held;
  }

  update(id: string, document: DesiredDocument): HeldDocument | 'refused' {
    this.writes += 1;
    const sheet = this.#sheets.get(document.number);
    if (sheet === undefined || sheet.held.id !== id) return 'refused';
    if (!isDraft(sheet) || sheet.touchedByPerson) {
      this.offences.push(`${document.number} was written while ${sheet.held.status}`);
      return 'refused';
    }
    sheet.held = asHeld(document, id);
    sheet.sources = sourcesOf(document);
    return sheet.held;
  }

  /**
   * Other logs came to the very same document: nothing had to be written. What it bills must come to what it billed.
   */
  restate(number: string, sources: readonly LineSource[]): void {
    const sheet = this.#sheets.get(number);
    if (sheet === undefined) return;
    if (minutesOf(sheet.sources) !== minutesOf(sources))
      this.offences.push(`${number} was not brought up to date`);
    sheet.sources = sources;
  }

  held(number: string): HeldDocument | undefined {
    return this.#sheets.get(number)?.held;
  }

  numbers(): string[] {
    return [...this.#sheets.keys()];
  }

  /** A person's hand; what a status does not allow does nothing. */
  act(number: string, deed: 'authorise' | 'submit' | 'pay' | 'void' | 'delete' | 'edit'): void {
    const sheet = this.#sheets.get(number);
    if (sheet === undefined) return;
    const { status } = sheet.held;
    if (deed === 'edit' && isDraft(sheet)) {
      const lines = sheet.held.lines.map((line) => ({
        ...line,
        description: `${line.description} (checked)`,
      }));
      sheet.held = { ...sheet.held, lines };
      sheet.touchedByPerson = true;
    }
    if (deed === 'submit' && status === 'draft') {
      sheet.touchedByPerson = true;
      this.#set(sheet, 'submitted');
    }
    if (deed === 'authorise' && isDraft(sheet)) this.#set(sheet, 'authorised');
    if (deed === 'pay' && status === 'authorised') this.#set(sheet, 'paid');
    if (deed === 'void' && status === 'authorised') this.#set(sheet, 'voided');
    if (deed === 'delete' && isDraft(sheet)) this.#set(sheet, 'deleted');
  }

  /** A person sees to a difference on the document itself: from then on it reads otherwise. */
  amend(number: string, difference: readonly LineSource[]): void {
    const sheet = this.#sheets.get(number);
    if (sheet === undefined) return;
    this.settle(number, difference);
    const lines = sheet.held.lines.map((line) => ({ ...line, description: `${line.description} (amended)` }));
    sheet.held = { ...sheet.held, lines };
    sheet.touchedByPerson = true;
  }

  /** A credit note, or a line added, by hand. */
  settle(number: string, difference: readonly LineSource[]): void {
    this.#sheets.get(number)?.byHand.push(...difference);
  }

  /** What would take back all that a document bills. */
  negated(number: string): LineSource[] {
    return (this.#sheets.get(number)?.sources ?? []).map((source) =>
      source.kind === 'time-log'
        ? { ...source, minutes: -source.minutes }
        : { ...source, amount: source.amount.startsWith('-') ? source.amount.slice(1) : `-${source.amount}` },
    );
  }

  /** What stands on documents that are neither voided nor deleted. */
  live(): LineSource[] {
    return [...this.#sheets.values()]
      .filter(({ held }) => held.status !== 'voided' && held.status !== 'deleted')
      .flatMap(({ sources, byHand }) => [...sources, ...byHand]);
  }

  documents(): HeldDocument[] {
    return [...this.#sheets.values()].map(({ held }) => held);
  }

  #set(sheet: Sheet, status: DocumentStatus): void {
    sheet.held = { ...sheet.held, status };
  }
}

function isDraft({ held }: Sheet): boolean {
  return held.status === 'draft' || held.status === 'submitted';
}

function sourcesOf({ lines }: DesiredDocument): LineSource[] {
  return lines.flatMap(({ sources }) => [...sources]);
}

function minutesOf(sources: readonly LineSource[]): number {
  return sources.reduce((sum, source) => sum + (source.kind === 'time-log' ? source.minutes : 0), 0);
}

export function asHeld(document: DesiredDocument, id: string): HeldDocument {
  const { kind, number, status, contactId, date, dueDate, currency, reference, lines } = document;
  const { subTotal, totalTax, total } = document;
  return {
    id,
    kind,
    number,
    status,
    contactId,
    date,
    ...(dueDate === undefined ? {} : { dueDate }),
    currency,
    reference,
    lines: lines.map(({ sources: _, ...line }, at) => ({ id: `${id}-${at}`, ...line })),
    subTotal,
    totalTax,
    total,
    modifiedAt: 0,
    hasAttachments: false,
  };
}
