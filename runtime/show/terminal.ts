import pc from 'picocolors';

export type Paint = ReturnType<typeof pc.createColors>;

export interface TerminalOptions {
  /** One JSON document on stdout and nothing else. */
  readonly json: boolean;
  /** No progress and no remarks. */
  readonly quiet: boolean;
  /** Debug lines on stderr, and stack traces. */
  readonly verbose: boolean;
  /** False for `--no-color`; otherwise the terminal and NO_COLOR decide. */
  readonly color: boolean;
}

/** Where a command says things: results on stdout, everything about the work on stderr. */
export interface Terminal extends TerminalOptions {
  /** For text on stdout. */
  readonly paint: Paint;
  /** For text on stderr. */
  readonly paintNote: Paint;
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  /** A result for people. Dropped where a program reads. */
  print(text?: string): void;
  /** A piece of the one JSON document, as it is. Dropped where people read. */
  write(text: string): Promise<void>;
  /** The one JSON document. Dropped where people read. */
  document(value: unknown): void;
  /** A remark about the work. */
  note(text: string): void;
  /** What must be seen even when quiet. */
  warn(text: string): void;
  /** Lets progress bars take over stderr: lines then go above them. Undefined gives it back. */
  divert(lines: ((text: string) => void) | undefined): void;
}

export function openTerminal(options: TerminalOptions): Terminal {
  const { json, quiet, color } = options;
  const isColored = (stream: NodeJS.WriteStream): boolean =>
    color && (pc.isColorSupported ? stream.isTTY === true || process.env.FORCE_COLOR !== undefined : false);
  let diverted: ((text: string) => void) | undefined;

  function toStderr(text: string): void {
    if (diverted === undefined) process.stderr.write(`${text}\n`);
    else diverted(`${text}\n`);
  }
  return {
    ...options,
    paint: pc.createColors(isColored(process.stdout)),
    paintNote: pc.createColors(isColored(process.stderr)),
    width: process.stdout.columns ?? 100,
    print(text = '') {
      if (!json) process.stdout.write(`${text}\n`);
    },
    async write(text) {
      if (json && !process.stdout.write(text)) {
        await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
      }
    },
    document(value) {
      if (json) process.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`);
    },
    note(text) {
      if (!quiet) toStderr(text);
    },
    warn: toStderr,
    divert(lines) {
      diverted = lines;
    },
  };
}

/** The same terminal for work whose results somebody else tells, errors too; progress bars still show. */
export function muted(terminal: Terminal): Terminal {
  return { ...terminal, print() {}, note() {}, warn() {}, document() {} };
}
