import { parseArgs } from 'node:util';
import { activityJob } from './activity.ts';
import { billingJob } from './billing.ts';
import type { Job } from './job.ts';
import { STATED_FOR } from './limits.ts';
import { matchedJob } from './matched.ts';
import type { Measurement } from './measurement.ts';
import { mailchimpEmptyJob, salesforceEmptyJob } from './one-sided.ts';
import { scaleJob } from './scale.ts';
import { asJson, asTable } from './show.ts';
import { speedJob } from './speed/speed.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Ids of rows, or beginnings of them (`calls`), separated by commas. Default: all but the scale rows. */
    only: { type: 'string' },
    contacts: { type: 'string', default: String(STATED_FOR) },
    /** Also 500,000 contacts, which takes some minutes more. */
    scale: { type: 'boolean', default: false },
  },
});

const wanted = values.only?.split(',');
const options = { contacts: Number(values.contacts) };
if (!Number.isSafeInteger(options.contacts) || options.contacts < 1) {
  throw new RangeError(`--contacts cannot be ${values.contacts}`);
}

const jobs: readonly Job[] = [
  speedJob,
  matchedJob(options),
  mailchimpEmptyJob(options),
  salesforceEmptyJob(options, 'collections'),
  salesforceEmptyJob(options, 'bulk'),
  billingJob,
  activityJob,
  ...(values.scale || scaleJob.rows.some(({ id }) => wanted?.includes(id)) ? [scaleJob] : []),
];
const chosen = wanted === undefined ? jobs : jobs.filter((job) => wanted.some((id) => isWanted(id, job)));
if (chosen.length === 0) {
  const known = [...jobs, scaleJob].flatMap(({ rows }) => rows.map(({ id }) => id));
  throw new RangeError(`No row ${values.only}; there are ${[...new Set(known)].join(', ')}`);
}

const measurements: Measurement[] = [];
for (const job of chosen) {
  process.stderr.write(`Measuring ${job.rows.map(({ id }) => id).join(', ')}\n`);
  const rows = await job.measure();
  measurements.push(...rows.filter(({ id }) => wanted?.some((name) => id.startsWith(name)) ?? true));
}
process.stdout.write(`${values.json ? asJson(measurements) : asTable(measurements)}\n`);
process.exitCode = measurements.every(({ ok }) => ok) ? 0 : 1;

function isWanted(name: string, job: Job): boolean {
  return job.rows.some(({ id }) => id.startsWith(name));
}
