import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { Instant } from '../model/instant.ts';
import type { Side } from '../model/side.ts';
import type { Page } from '../ports/connector.ts';
import type { Scratch } from '../ports/scratch.ts';
import { connectorOf, type SyncJob, type SyncPorts } from './job.ts';
import { stage } from './stage.ts';
import { refuseVanishedFields } from './vanished-fields.ts';

/** What reading one side came to. */
export interface SideRead {
  /** The server's time from before the read: the next watermark, once everything read is settled. */
  readonly serverTime: Instant | undefined;
  readonly records: number;
}

/**
 * Reads one side into the working space: everything, or what changed since the watermark less the overlap.
 * Rejects with `LISTING_INCOMPLETE` when fewer records came than the system said there were.
 */
export async function readSide(
  side: Side,
  since: Instant | 'everything',
  job: SyncJob,
  ports: Omit<SyncPorts, 'openScratch'>,
  scratch: Scratch,
  anythingLinked: boolean,
): Promise<SideRead> {
  const connector = connectorOf(ports, side);
  const phase = side === 'left' ? 'read-left' : 'read-right';
  const columns = job.map.columns[side];
  const pages =
    since === 'everything'
      ? connector.readAll(columns)
      : connector.readChanges(since - job.overlapMs, columns);
  let serverTime: Instant | undefined;
  let records = 0;
  let begun = false;
  for await (const page of namingConsent(pages, side, job)) {
    if (!begun) {
      ports.progress.begin(phase, page.expected);
      begun = true;
    }
    serverTime ??= page.serverTime;
    refuseVanishedFields(page.records, connector, columns);
    await stage(side, page.records, job, ports, scratch, anythingLinked);
    records += page.records.length;
    ports.progress.advance(phase, page.records.length);
    if (ports.stop.requested)
      throw new StackbridgeError('STOPPED', 'Stopped while reading; nothing was written');
  }
  ports.progress.end(phase);
  return { serverTime, records };
}

/** A field that vanished is one thing; the field that holds opt-outs is another. */
async function* namingConsent(pages: AsyncIterable<Page>, side: Side, job: SyncJob): AsyncGenerator<Page> {
  try {
    yield* pages;
  } catch (error) {
    if (!(error instanceof StackbridgeError) || error.code !== 'BRAKE_FIELD_MISSING') throw error;
    const hidden = job.map.consent?.fields[side].find((field) => field === error.context.field);
    if (hidden === undefined) throw error;
    const message = `${hidden} cannot be seen any more: without it nobody's opt-out is known`;
    throw new StackbridgeError('BRAKE_CONSENT_HIDDEN', message, {
      ...error.context,
      field: hidden,
      cause: error,
    });
  }
}
