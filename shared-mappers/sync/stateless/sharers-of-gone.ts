import type { SourceRecord } from '../../model/record.ts';
import type { Connector } from '../../ports/connector.ts';
import type { SyncJob } from '../job.ts';
import { isLastWord } from '../stage.ts';
import type { Claims } from './claims.ts';

/** Who is no more and said "no mail" last has closed the address for all who have it: they are looked at. */
export async function readSharersOfGone(
  claims: Claims,
  job: SyncJob,
  left: Pick<Connector, 'readByKey'>,
): Promise<SourceRecord[]> {
  const email = job.map.rules.find(({ isEmail }) => isEmail);
  const field = email?.fields.left[0];
  const addresses = claims
    .records('left')
    .filter((record) => isLastWord('left', record, job))
    .map(({ values }) => email?.read.left(values) ?? '')
    .filter((address) => address !== '');
  if (field === undefined || addresses.length === 0) return [];
  return left.readByKey(field, [...new Set(addresses)], job.map.columns.left);
}
