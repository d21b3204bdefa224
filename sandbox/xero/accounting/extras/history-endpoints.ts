import { z } from 'zod';
import type { Answer } from '../../../simulator.ts';
import type { HistoryRecord } from '../../books/history-record.ts';
import type { XeroCall, XeroEndpoint } from '../../endpoint.ts';
import type { ScopeNeed } from '../../sign-in/scopes.ts';
import { readInput, Text } from '../../wire/input.ts';
import { ElementFault } from '../../wire/refusal.ts';
import { stampString } from '../../wire/wire-time.ts';
import { writeElements } from '../elements.ts';
import { envelope } from '../envelope.ts';
import type { Owners } from './attachment-endpoints.ts';

const LONGEST_NOTE = 2500;
const NoteInput = z.object({ Details: Text });

/** `/<Owners>/{id}/History`: what happened to it, and notes. */
export function historyEndpoints(owners: Owners, scopes: ScopeNeed): XeroEndpoint[] {
  const path = `/${owners.plural}/:ownerId/History`;
  const operation = `${owners.operation}.history`;
  return [
    { method: 'GET', path, operation: `${operation}.list`, scopes, handle: (call) => list(call, owners) },
    { method: 'PUT', path, operation: `${operation}.note`, scopes, handle: (call) => note(call, owners) },
  ];
}

/** Newest first. */
function list(call: XeroCall, owners: Owners): Answer {
  const { books } = call;
  const records = [...books.history.found(books.historyByOwner, owners.find(call).id)].reverse();
  return envelope(books, { HistoryRecords: records.map(showRecord) });
}

function note(call: XeroCall, owners: Owners): Answer {
  const { books } = call;
  const { id } = owners.find(call);
  return writeElements(call, {
    plural: 'HistoryRecords',
    idKey: 'HistoryRecordID',
    write: (element, index) => {
      const { Details } = readInput(NoteInput, element, `HistoryRecords[${index}]`);
      if (Details === undefined || Details.trim() === '')
        throw new ElementFault(['The Details field must be specified.']);
      if (Details.length > LONGEST_NOTE) {
        throw new ElementFault([`The Details field must be no longer than ${LONGEST_NOTE} characters.`]);
      }
      return showRecord(books.record(id, 'Note', Details));
    },
  });
}

function showRecord({ changes, details, user, atMs }: HistoryRecord): object {
  return {
    Changes: changes,
    DateUTCString: stampString(atMs).slice(0, 19),
    DateUTC: `/Date(${atMs})/`,
    User: user,
    Details: details,
  };
}
