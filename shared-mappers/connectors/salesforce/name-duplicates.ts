import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { WriteResult } from '../../ports/connector.ts';
import type { RecordWrite } from './collections.ts';
import type { Reader } from './read.ts';

/** The id of a contact or a lead. */
const NAMES_A_PERSON = /\b00[3Q][a-zA-Z0-9]{12}/;

/**
 * Says whom a duplicate rule has found. The answer to a single record names them, the results of a collection do
 * not: the records with the same address are looked up, in one call for all.
 */
export async function nameDuplicates(
  writes: readonly RecordWrite[],
  results: readonly WriteResult[],
  readByKey: Reader['readByKey'],
): Promise<WriteResult[]> {
  const unnamed = writes.flatMap(({ email }, index) =>
    email !== undefined && isUnnamed(results[index]) ? [email] : [],
  );
  if (unnamed.length === 0) return [...results];
  // A courtesy: a failure here must not hide what became of the batch.
  const records = await readByKey('Email', unnamed, ['Email']).catch(() => []);
  const idsByEmail = Map.groupBy(records, (record) => String(record.values.Email).toLowerCase());
  return results.map((result, index) => {
    const found = idsByEmail.get(writes[index]?.email?.toLowerCase() ?? '');
    if (result.outcome !== 'refused' || found === undefined || !isUnnamed(result)) return result;
    const { code, message, context } = result.error;
    const ids = found.map((record) => record.id).join(', ');
    const error = new StackbridgeError(code, `${message}; the address belongs to ${ids}`, context);
    return { outcome: 'refused', error };
  });
}

function isUnnamed(result: WriteResult | undefined): boolean {
  return (
    result?.outcome === 'refused' &&
    result.error.code === 'DUPLICATE_FOUND' &&
    !NAMES_A_PERSON.test(result.error.message)
  );
}
