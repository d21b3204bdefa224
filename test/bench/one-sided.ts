import { join } from 'node:path';
import { expectCounts, openStage } from './first-sync.ts';
import type { BenchOptions, Job } from './job.ts';
import { callRow, memoryRow, timeRow } from './limits.ts';
import { type Measurement, measured } from './measurement.ts';
import { writeRecipe } from './recipe.ts';

/** Every contact becomes a member. */
export function mailchimpEmptyJob({ contacts }: BenchOptions): Job {
  const title = 'first sync, Mailchimp empty';
  // Pages of 2,000 contacts, one look at the empty audience, batches of 500 members.
  const floor = Math.ceil(contacts / 2000) + 1 + Math.ceil(contacts / 500);
  const calls = callRow('calls.mailchimp-empty', title, floor, 276, contacts);
  const time = timeRow('time.mailchimp-empty', title, contacts);
  const memory = memoryRow('memory.mailchimp-empty', title, contacts);
  return {
    rows: [calls, time, memory],
    async measure() {
      await using stage = await openStage({ contacts, only: 'salesforce' });
      const run = await stage.sync();
      expectCounts(run, { applied: contacts });
      const rows: Measurement[] = [measured(calls, run.sent), measured(time, run.wallSeconds)];
      if (run.peakMegabytes !== undefined) rows.push(measured(memory, run.peakMegabytes));
      return rows;
    },
  };
}

/** Every member becomes a contact. */
export function salesforceEmptyJob({ contacts }: BenchOptions, by: 'collections' | 'bulk'): Job {
  const isBulk = by === 'bulk';
  const title = `first sync, Salesforce empty, by ${isBulk ? 'Bulk 2.0' : 'collections'}`;
  const reads = Math.ceil(contacts / 1000) + 1;
  // Collections take 200 records a call. A bulk job is made, filled, closed, looked at and its results are fetched.
  const floor = reads + (isBulk ? 5 : Math.ceil(contacts / 200));
  const calls = callRow(`calls.salesforce-empty-${by}`, title, floor, isBulk ? 125 : 661, contacts);
  return {
    rows: [calls],
    async measure() {
      await using stage = await openStage({ contacts, only: 'mailchimp' });
      const file = join(stage.folder, 'contacts.yaml');
      const run = await stage.sync(await writeRecipe(file, isBulk ? 1000 : contacts + 1));
      expectCounts(run, { applied: contacts });
      return [measured(calls, run.sent)];
    },
  };
}
