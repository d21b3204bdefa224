import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Measurement, measured } from '../../bench/measurement.ts';
import { asJson, asTable } from '../../bench/show.ts';
import { startSystems } from '../../bench/simulated-systems.ts';
import { signInToN8n } from '../n8n/client.ts';
import { installPack } from '../n8n/pack.ts';
import { startN8n } from '../n8n/process.ts';
import { sayWhatLacks } from '../needs.ts';
import { addPartnerField } from '../people.ts';
import { openBuiltIn, overwritesOf } from './built-in.ts';
import { type Run, runOnce } from './run-once.ts';
import type { Direction, Side } from './side.ts';
import { openPack } from './with-pack.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, contacts: { type: 'string', default: '10000' } },
});
const contacts = Number(values.contacts);
if (!Number.isSafeInteger(contacts) || contacts < 1) throw new RangeError(`--contacts cannot be ${contacts}`);
sayWhatLacks(['n8n', 'pack']);

const folder = await mkdtemp(join(tmpdir(), 'stackbridge-n8n-bench-'));
const rows: Measurement[] = [];
try {
  await using systems = await startSystems(folder);
  await installPack(folder);
  const n8n = await startN8n({ folder, environment: overwritesOf(systems) });
  try {
    const client = await signInToN8n(n8n.baseUrl);
    const builtIn = await openBuiltIn(client, systems);
    const pack = await openPack(client, systems);
    await addPartnerField(systems);
    const nobody = await systems.admin('GET', 'snapshot');
    const run = async (side: Side, direction: Direction): Promise<Run> => {
      await systems.admin('PUT', 'snapshot', z.looseObject({}).parse(nobody));
      return await runOnce({ client, systems, side, direction, contacts });
    };
    for (const direction of ['to-mailchimp', 'to-salesforce'] as const) {
      process.stderr.write(`${contacts} contacts ${direction}: this pack, then the built-in nodes\n`);
      const ours = await run(pack, direction);
      const theirs = await run(builtIn, direction);
      rows.push(...compare(direction, ours, theirs));
    }
  } finally {
    await n8n.stop();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${values.json ? asJson(rows) : asTable(rows)}\n`);
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

/** Seconds are of this machine and this day; only their ratio says something. */
function compare(direction: Direction, ours: Run, theirs: Run): Measurement[] {
  const what = `${contacts} contacts ${direction.replace('to-m', 'to M').replace('to-s', 'to S')}`;
  const row = (id: string, words: string, unit: Measurement['unit'], value: number): Measurement =>
    measured({ id: `n8n.${direction}.${id}`, what: `${what}: ${words}`, unit }, value);
  return [
    row('calls', 'calls of this pack', 'calls', ours.calls),
    row('calls-built-in', 'calls of the built-in nodes', 'calls', theirs.calls),
    row('calls-ratio', 'calls, built-in to this pack', 'times', theirs.calls / ours.calls),
    row('time', 'this pack', 's', ours.seconds),
    row('time-built-in', 'the built-in nodes', 's', theirs.seconds),
    row('time-ratio', 'time, built-in to this pack', 'times', theirs.seconds / ours.seconds),
  ];
}
