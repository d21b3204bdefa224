import type { Stage } from './first-sync.ts';
import { expectCounts, openStage } from './first-sync.ts';
import { inTurns } from './in-turns.ts';
import type { BenchOptions, Job } from './job.ts';
import { callRow, memoryRow, timeRow } from './limits.ts';
import { type Measurement, measured } from './measurement.ts';

const EDITS = 1000;
/** Past the overlap that each cycle reads again, so that one measured cycle does not show the echo of the former. */
const QUIET_MS = 10 * 60_000;

/** A first sync of people whom both sides know alike, and the cycles after it. */
export function matchedJob({ contacts }: BenchOptions): Job {
  const pages = Math.ceil(contacts / 2000) + Math.ceil(contacts / 1000);
  const title = `first sync, ${contacts.toLocaleString('en-US')} matched on both sides`;
  const first = callRow('calls.first-matched', `${title}: reads`, pages, 165, contacts);
  const writes = { id: 'writes.first-matched', what: `${title}: writes`, unit: 'calls', target: 0 } as const;
  const time = timeRow('time.first-matched', title, contacts);
  const memory = memoryRow('memory.first-matched', title, contacts);
  // One call a side; a thousand records are one page; 500 members or 200 contacts a write.
  const idle = callRow('calls.idle', 'idle cycle', 2, 3);
  const left = callRow('calls.changed-in-salesforce', '1,000 changed in Salesforce', 4, 6);
  const right = callRow('calls.changed-in-mailchimp', '1,000 changed in Mailchimp', 7, 9);

  return {
    rows: [first, writes, time, memory, idle, left, right],
    async measure() {
      const rows: Measurement[] = [];
      await using stage = await openStage({ contacts });
      const run = await stage.sync();
      expectCounts(run, { unchanged: contacts });
      rows.push(measured(first, run.sent), measured(writes, run.writes), measured(time, run.wallSeconds));
      if (run.peakMegabytes !== undefined) rows.push(measured(memory, run.peakMegabytes));

      const quiet = await stage.sync();
      expectCounts(quiet, {});
      rows.push(measured(idle, quiet.sent));

      const edits = Math.min(EDITS, contacts);
      await editInSalesforce(stage, edits);
      const toRight = await stage.sync();
      expectCounts(toRight, { applied: edits });
      rows.push(measured(left, toRight.sent));
      await letEchoPass(stage);

      await editInMailchimp(stage, edits);
      const toLeft = await stage.sync();
      expectCounts(toLeft, { applied: edits });
      rows.push(measured(right, toLeft.sent));
      return rows;
    },
  };
}

/** A cycle reads what the one before it has written, once more. */
async function letEchoPass({ systems, sync }: Stage): Promise<void> {
  await systems.admin('POST', 'clock', { advanceMs: QUIET_MS });
  await sync();
  await systems.admin('POST', 'clock', { advanceMs: QUIET_MS });
  await sync();
}

async function editInSalesforce({ systems }: Stage, edits: number): Promise<void> {
  const place = { system: 'salesforce', object: 'Contact' } as const;
  const records = await systems.records(place, edits);
  await inTurns(records, async ({ Id: id }, at) => {
    await systems.admin('PATCH', 'records', {
      ...place,
      id,
      values: { Title: `Changed in Salesforce ${at}` },
    });
  });
}

async function editInMailchimp({ systems }: Stage, edits: number): Promise<void> {
  const place = { system: 'mailchimp', list: 'aud0000001' } as const;
  const records = await systems.records(place, edits);
  await inTurns(records, async ({ contact_id: id }, at) => {
    const values = { merge_fields: { TITLE: `Changed in Mailchimp ${at}` } };
    await systems.admin('PATCH', 'records', { ...place, id, values });
  });
}
