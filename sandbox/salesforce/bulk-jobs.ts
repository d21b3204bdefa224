import Papa from 'papaparse';
import { deleteRecord, insertRecord, updateRecord, type WriteMode } from './dml.ts';
import { SalesforceError } from './errors.ts';
import type { Org } from './org.ts';
import { parseRecord } from './record-input.ts';
import { type ObjectSchema, relationshipField, visibleField } from './schema/object-schema.ts';
import { AmbiguousUpsert, upsertKey, upsertRecord } from './upsert.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete';
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** A Bulk 2.0 ingest job. */
export interface IngestJob {
  id: string;
  object: ObjectSchema;
  operation: IngestOperation;
  externalIdFieldName: string | undefined;
  lineEnding: 'LF' | 'CRLF';
  columnDelimiter: string;
  state: JobState;
  createdMs: number;
  csv: string;
  /** Polls that will still find it in progress after the upload. */
  pollsLeft: number;
  errorMessage: string | undefined;
  succeeded: Array<Record<string, string>>;
  failed: Array<Record<string, string>>;
}

type CsvRow = Record<string, string>;

/** What an emptied value looks like in an upload; a blank leaves the field alone. */
const CSV_NULL = '#N/A';

/** Carries an uploaded job out: each row by itself, failures beside successes. */
export function processIngest(org: Org, job: IngestJob): void {
  const { data, meta } = Papa.parse<CsvRow>(job.csv, {
    header: true,
    skipEmptyLines: true,
    delimiter: delimiterOf(job.columnDelimiter),
  });
  job.csv = '';
  const unknown = meta.fields?.find((name) => !isColumn(job.object, name));
  if (unknown !== undefined) {
    job.state = 'Failed';
    job.errorMessage = `InvalidBatch : Field name not found : ${unknown}`;
    return;
  }
  for (const row of data) {
    try {
      const { id, created } = ingestRow(org, job, row);
      job.succeeded.push({ sf__Id: id, sf__Created: String(created), ...row });
    } catch (error) {
      job.failed.push({ sf__Id: idIn(row), sf__Error: errorText(error), ...row });
    }
  }
  job.state = 'JobComplete';
}

/** Result rows as CSV; the header stands even when there are none. */
export function toCsv(
  rows: readonly Record<string, string>[],
  leading: readonly string[],
  job: IngestJob,
): string {
  const columns = rows[0] === undefined ? leading : Object.keys(rows[0]);
  return `${Papa.unparse({ fields: [...columns], data: rows.map((row) => columns.map((name) => row[name] ?? '')) }, { quotes: true, newline: '\n', delimiter: delimiterOf(job.columnDelimiter) })}\n`;
}

/** @throws SalesforceError for a delimiter the vendor does not know */
function delimiterOf(name: string): string {
  const delimiters: Record<string, string> = {
    COMMA: ',',
    SEMICOLON: ';',
    TAB: '\t',
    PIPE: '|',
    CARET: '^',
    BACKQUOTE: '`',
  };
  const delimiter = delimiters[name];
  if (delimiter === undefined) throw new SalesforceError('INVALIDJOB', `Unknown columnDelimiter: ${name}`);
  return delimiter;
}

function ingestRow(org: Org, job: IngestJob, row: CsvRow): { id: string; created: boolean } {
  const { object, operation } = job;
  const mode: WriteMode = { asPerson: false, duplicates: { allowSave: false, includeRecordDetails: false } };
  const id = idIn(row);
  if (operation === 'delete' || operation === 'hardDelete') {
    deleteRecord(org, object, id, mode);
    return { id, created: false };
  }
  const key = operation === 'upsert' ? upsertKey(object, job.externalIdFieldName ?? 'Id') : undefined;
  const body: Record<string, unknown> = {};
  let keyValue: string | undefined;
  for (const [name, text] of Object.entries(row)) {
    if (key !== undefined && name.toLowerCase() === key.name.toLowerCase()) keyValue = text;
    else if (name.toLowerCase() === 'id' && operation !== 'insert') continue;
    else if (text !== '') setColumn(body, name, text === CSV_NULL ? null : text);
  }
  const input = parseRecord(org, object, body);
  if (operation === 'insert') return { id: insertRecord(org, object, input, mode).Id, created: true };
  if (key === undefined) return { id: updateRecord(org, object, id, input, mode).Id, created: false };
  const result = upsertRecord(org, object, key, keyValue, input, mode);
  return { id: result.row.Id, created: result.created };
}

/** `Account.Customer_No__c` names the parent by an external id. */
function setColumn(body: Record<string, unknown>, name: string, value: string | null): void {
  const [parent, key] = name.split('.');
  if (parent !== undefined && key !== undefined) body[parent] = { [key]: value };
  else body[name] = value;
}

function isColumn(object: ObjectSchema, name: string): boolean {
  const [first = ''] = name.split('.');
  return (name.includes('.') ? relationshipField(object, first) : visibleField(object, name)) !== undefined;
}

function idIn(row: CsvRow): string {
  return row.Id ?? row.id ?? row.ID ?? '';
}

function errorText(error: unknown): string {
  if (error instanceof AmbiguousUpsert) return `DUPLICATE_EXTERNAL_ID:${error.message}:--`;
  if (!(error instanceof SalesforceError)) throw error;
  const code = error.errorCode === 'JSON_PARSER_ERROR' ? 'INVALID_TYPE_ON_FIELD_IN_RECORD' : error.errorCode;
  return `${code}:${error.message}:${error.fields?.join(',') ?? ''} --`;
}
