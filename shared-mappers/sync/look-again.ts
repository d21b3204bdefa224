import { StackbridgeError } from '../errors/stackbridge-error.ts';
import type { SourceRecord } from '../model/record.ts';
import type { Scratch } from '../ports/scratch.ts';
import type { WritingDesk } from './desk.ts';
import { makePlan, NOTHING_KNOWN } from './make-plan.ts';
import { rememberPlan } from './remember-plan.ts';
import { settleRefused } from './settle.ts';
import { stage } from './stage.ts';
import { writeSide } from './write-side.ts';

/** A record may lead to another once or twice (it exists; it is archived); more would be going in circles. */
const MOST_ROUNDS = 3;

/**
 * Reconciles anew, within the same run, what a write found to be different from what was read: a member that exists
 * already is matched instead of created, a record that is gone is planned as gone.
 */
export async function lookAgain(desk: WritingDesk): Promise<void> {
  for (let round = 0; desk.again.length > 0; round++) {
    const again = desk.again.splice(0);
    if (round === MOST_ROUNDS) {
      const error = new StackbridgeError(
        'REJECTED',
        'The system keeps answering differently from what it lists',
      );
      const changes = again.flatMap((queued) => {
        desk.tally.failed++;
        return settleRefused(queued, { outcome: 'refused', error }, desk).changes;
      });
      await desk.ports.store.commit(desk.guard.lease, changes);
      return;
    }
    const scratch = await desk.ports.openScratch();
    try {
      await readAgain(again, scratch, desk);
      await makePlan(scratch, NOTHING_KNOWN, desk);
      const writing: WritingDesk = { ...desk, stillParked: await rememberPlan(scratch, desk.guard, desk) };
      await writeSide('left', scratch, writing);
      await writeSide('right', scratch, writing);
    } finally {
      await scratch.dispose();
    }
  }
}

async function readAgain(again: WritingDesk['again'], scratch: Scratch, desk: WritingDesk): Promise<void> {
  const { job, ports } = desk;
  const { columns } = job.map;
  const leftIds = again.flatMap(({ subject }) => subject.leftId ?? []);
  const rightIds = again.flatMap(({ subject }) => subject.rightId ?? []);
  const emails = again.flatMap(({ operation }) =>
    operation.action === 'create' && operation.side === 'right' ? (operation.email ?? []) : [],
  );
  const emailField = job.map.rules.find((rule) => rule.isEmail)?.fields.right[0];
  const lefts: readonly SourceRecord[] = await ports.left.readByIds(leftIds, columns.left);
  const rights: SourceRecord[] = await ports.right.readByIds(rightIds, columns.right);
  if (emails.length > 0 && emailField !== undefined) {
    rights.push(...(await ports.right.readByKey(emailField, emails, columns.right)));
  }
  await stage('left', lefts, job, ports, scratch, true);
  await stage('right', rights, job, ports, scratch, true);
}
