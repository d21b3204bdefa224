import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import type { SourceRecord } from '../../model/record.ts';
import { otherSide, type Side } from '../../model/side.ts';
import type { Known } from '../../plan/contact-group.ts';
import { stampHome } from '../../plan/stamp-home.ts';
import type { Connector } from '../../ports/connector.ts';
import type { SyncJob } from '../job.ts';
import { NOTHING_KNOWN } from '../make-plan.ts';
import { Claims } from './claims.ts';
import { type Delivered, deliveredConnector } from './delivered-connector.ts';
import { executionStore } from './execution-store.ts';
import { readMergedIntoGone } from './merged-into-gone.ts';
import { readSharersOfGone } from './sharers-of-gone.ts';
import {
  type Execution,
  execute,
  observing,
  type Request,
  type StatelessPorts,
} from './sync-without-store.ts';

/** What has come in: a record as it was delivered, or the id of one that this step can read as it is now. */
export type Incoming = Delivered | { readonly id: string; readonly from: Connector };

export interface OneSideRequest extends Omit<Request, 'scope'> {
  /** The side that the record has come from; the other one is written. */
  readonly source: Side;
  readonly incoming: Incoming;
  /** The side that is written. */
  readonly target: Connector;
}

/**
 * Takes one record in on the other side, which alone is written: what is there now is read, merged with the newer stamp
 * and written. The same plan as that of both sides, cut to what this step reaches. The outcome is the only person's.
 *
 * @param job of a recipe whose base stands on the records
 * @throws StackbridgeError where the records could not be read
 */
export async function syncOneSide(
  job: SyncJob,
  ports: Omit<StatelessPorts, Side>,
  { source, incoming, target, decisions = [], allow = [], preview = false }: OneSideRequest,
): Promise<Omit<Execution, 'serverTimes'>> {
  const towards = otherSide(source);
  const oneSided = reaching(job, towards);
  const from = 'record' in incoming ? deliveredConnector(incoming) : incoming.from;
  const claims = new Claims(oneSided);
  const sides = source === 'left' ? { left: from, right: target } : { left: target, right: from };
  const desk = {
    ...observing({ ...ports, ...sides }, claims),
    store: executionStore(oneSided, claims, decisions),
  };
  const callsBefore = { ...ports.calls() };
  const id = 'record' in incoming ? incoming.record.id : incoming.id;
  const [record] = await desk[source].readByIds([id], job.map.columns[source]);
  if (record !== undefined) await readPartner(record, source, claims, oneSided, desk[towards]);
  const areSharersKnown = !('record' in incoming) || incoming.relatives !== undefined;
  if (areSharersKnown && source === 'left') {
    // Who has the address that it has closed may have the member that hears of it.
    const sharers = await readSharersOfGone(claims, oneSided, desk.left);
    const merged = await readMergedIntoGone(claims.records('left'), desk.left, job.map.columns.left);
    for (const other of [...sharers, ...merged])
      await readPartner(other, source, claims, oneSided, desk[towards]);
  }
  const records = {
    left: claims.records('left'),
    right: claims.records('right'),
    known: 'record' in incoming ? knownWith(incoming, source) : NOTHING_KNOWN,
    readsEverything: false,
  };
  return execute(oneSided, desk, { records, claims, allow, preview, callsBefore });
}

function knownWith({ relatives }: Delivered, source: Side): Known {
  // No two members of an audience share an address.
  if (source === 'right') return { ...NOTHING_KNOWN, rightVerified: true };
  const crowd = Object.values(relatives?.sharers ?? {}).find((others) => typeof others === 'number');
  return crowd === undefined ? NOTHING_KNOWN : { ...NOTHING_KNOWN, crowd };
}

function reaching(job: SyncJob, target: Side): SyncJob {
  if (job.marks === undefined) {
    throw new StackbridgeError(
      'RECIPE_INVALID',
      `The recipe ${job.recipe} keeps its base in a store: a step that reaches one side needs it on the records (\`base\`)`,
    );
  }
  return { ...job, target, home: stampHome(job.map, job.marks, target) };
}

/** By the id that the record names; in the CRM, which can be asked, also by the record that names this one. */
async function readPartner(
  record: SourceRecord,
  source: Side,
  claims: Claims,
  job: SyncJob,
  target: Connector,
): Promise<void> {
  const columns = job.map.columns[otherSide(source)];
  const named = claims.partnerOf(source, record);
  if (named !== '') await target.readByIds([named], columns);
  const field = job.marks?.partner?.left.field;
  const isFound = claims.records(otherSide(source)).some(({ state }) => state !== 'gone');
  if (source === 'right' && !isFound && field !== undefined)
    await target.readByKey(field, [record.id], columns);
}
