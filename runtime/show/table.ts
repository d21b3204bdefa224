import Table from 'cli-table3';

export interface Column {
  /** A table whose titles are all missing has no title line. */
  readonly title?: string;
  readonly align?: 'left' | 'right';
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Rows under their titles, without lines around them, each line indented by two blanks. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  title: (text: string) => string = (text) => text,
): string {
  const drawn = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    head: columns.some((column) => column.title !== undefined)
      ? columns.map((column) => title(column.title ?? ''))
      : [],
    colAligns: columns.map((column) => column.align ?? 'left'),
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`)
    .join('\n');
}
