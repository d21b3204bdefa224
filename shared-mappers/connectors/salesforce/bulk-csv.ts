import Papa from 'papaparse';
import { chunksOf } from '../../http/paging.ts';
import type { JsonValue } from '../../model/json.ts';
import type { RecordWrite } from './collections.ts';

/**
 * The rows of a job. Records of one job share their columns: a blank cell means "no change" to Salesforce, and
 * `#N/A` empties the field.
 */
export function toCsv(writes: readonly RecordWrite[]): string {
  const names = new Set<string>();
  for (const { payload } of writes) {
    for (const name in payload) if (payload[name] !== undefined) names.add(name);
  }
  const columns = writes[0]?.operation === 'update' ? ['Id', ...names] : [...names];
  const pieces = chunksOf(writes, ROWS_AT_ONCE).map((some) =>
    Papa.unparse(
      some.map(({ id, payload }) =>
        columns.map((name) => toCell(name === 'Id' && id !== undefined ? id : payload[name])),
      ),
      { newline: '\n' },
    ),
  );
  return [Papa.unparse([columns], { newline: '\n' }), ...pieces].join('\n');
}

/** What empties a field. A text that reads the same cannot be told from it. */
const EMPTY_CELL = '#N/A';

/** Whether a row would say something else than its payload: no job may carry it. */
export function isMistakable({ payload }: RecordWrite): boolean {
  return Object.values(payload).includes(EMPTY_CELL);
}

/** A job is held as text; as cells it would take several times the memory. */
const ROWS_AT_ONCE = 1_000;

function toCell(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  if (value === null || value === '') return EMPTY_CELL;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Calls `each` for every row of a result, with a look-up by column name; an absent column reads as `''`. */
export function readCsv(csv: string, each: (cell: (column: string) => string) => void): void {
  let columns: Map<string, number> | undefined;
  Papa.parse<string[]>(csv, {
    skipEmptyLines: true,
    step: ({ data }) => {
      if (columns === undefined) columns = new Map(data.map((name, index) => [name, index]));
      else {
        const places = columns;
        each((column) => data[places.get(column) ?? -1] ?? '');
      }
    },
  });
}
