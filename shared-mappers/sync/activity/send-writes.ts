import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { inParallel } from '../../http/in-parallel.ts';
import { chunksOf } from '../../http/paging.ts';
import type { ActivityStep, ActivityWrite, PersonPlan } from '../../plan/activity/person-plan.ts';
import { markOf } from '../../plan/activity/task-write.ts';
import type { ActivityTarget, CrmTask } from '../../ports/activity-target.ts';
import type { WriteResult } from '../../ports/connector.ts';
import type { ActivityPorts } from './activity-job.ts';

/** A write with the references that only now are known. */
export interface ReadyWrite {
  readonly plan: PersonPlan;
  readonly write: ActivityWrite;
  readonly personId: string;
  /** Id of the campaign's record, where the write names one. */
  readonly campaignId: string | undefined;
}

/**
 * Sends the writes of one step in full batches, several at once, and tells each result as soon as it is there. Ends
 * between batches when asked to stop.
 */
export async function sendWrites(
  step: ActivityStep,
  writes: readonly ReadyWrite[],
  { target, stop }: ActivityPorts,
  settle: (batch: readonly ReadyWrite[], results: readonly WriteResult[]) => Promise<void>,
  announce: () => Promise<void>,
): Promise<void> {
  const kinds = Map.groupBy(writes, ({ write }) => `${write.object} ${write.id === undefined}`);
  const batches = [...kinds.values()].flatMap((some) => chunksOf(some, target.writeBatch));
  await inParallel(batches, target.writeConcurrency, async (batch) => {
    if (stop.requested) throw new StackbridgeError('STOPPED', 'Stopped between batches');
    await announce();
    const results = await sendBatch(step, batch, target);
    const [first] = results;
    // No record of the batch was answered: the system is away, and its records are not at fault.
    const isSilent = results.every((one) => one.outcome !== 'written' && one.error.code === 'NO_ANSWER');
    if (first !== undefined && first.outcome !== 'written' && isSilent) throw first.error;
    await settle(batch, results);
  });
}

async function sendBatch(
  step: ActivityStep,
  batch: readonly ReadyWrite[],
  target: ActivityTarget,
): Promise<WriteResult[]> {
  const isUnkeyedTask = batch.some(({ write }) => write.object === 'Task' && write.externalId === undefined);
  if (isUnkeyedTask) return createOnce(batch, target);
  const results = await send(batch, target);
  return step === 'member' ? settleMembers(batch, results, target) : results;
}

function send(batch: readonly ReadyWrite[], target: ActivityTarget): Promise<WriteResult[]> {
  const first = batch[0]?.write;
  return target.write(first?.object ?? '', batch.map(toCrm), first?.externalId);
}

function toCrm({ write, personId, campaignId }: ReadyWrite) {
  const { id, key, who, campaign, payload } = write;
  return {
    ...(id === undefined ? {} : { id }),
    ...(key === undefined ? {} : { key }),
    payload: {
      ...payload,
      ...(who === undefined ? {} : { [who]: personId }),
      ...(campaign === undefined || campaignId === undefined ? {} : { [campaign.field]: campaignId }),
    },
  };
}

/**
 * Tasks that no field of their own makes known again: a task cannot be created twice by mistake only if each is looked
 * for first, by the mark in its last line, and once more where the answer stayed away.
 */
async function createOnce(batch: readonly ReadyWrite[], target: ActivityTarget): Promise<WriteResult[]> {
  const before = await tasksOf(batch, target);
  const missing = batch.filter((one) => !before.has(one));
  const sent = missing.length === 0 ? [] : await send(missing, target);
  const isOpen = sent.some(({ outcome }) => outcome === 'uncertain');
  const after = isOpen ? await tasksOf(missing, target) : new Map<ReadyWrite, CrmTask>();
  const results = new Map(
    missing.map((one, at): [ReadyWrite, WriteResult | undefined] => {
      const task = after.get(one);
      return [one, task === undefined ? sent[at] : written(task.id, true)];
    }),
  );
  return batch.map((one) => {
    const task = before.get(one);
    return (task === undefined ? results.get(one) : written(task.id, false)) ?? unanswered();
  });
}

async function tasksOf(
  batch: readonly ReadyWrite[],
  target: ActivityTarget,
): Promise<Map<ReadyWrite, CrmTask>> {
  const days = batch.map(({ write }) => String(write.payload.ActivityDate)).sort();
  const ids = [...new Set(batch.map(({ personId }) => personId))];
  const byMark = new Map(
    (await target.tasks(ids, earliest(days[0] ?? ''))).map((task) => [
      task.description.split('\n').at(-1),
      task,
    ]),
  );
  return new Map(
    batch.flatMap((one) => {
      const task = byMark.get(markOf(one.write.key ?? ''));
      return task === undefined ? [] : [[one, task] as const];
    }),
  );
}

/** A follow-up is due days after the run that planned it, and may have been planned by an earlier one. */
function earliest(day: string): string {
  return new Date(Date.parse(day) - 60 * 86_400_000).toISOString().slice(0, 10);
}

/** Somebody may have been put into the campaign since it was read, or by a call whose answer never came. */
async function settleMembers(
  batch: readonly ReadyWrite[],
  results: readonly WriteResult[],
  target: ActivityTarget,
): Promise<WriteResult[]> {
  const doubtful = batch.filter(({ write }, at) => {
    const result = results[at];
    return (
      write.id === undefined &&
      result !== undefined &&
      result.outcome !== 'written' &&
      (result.outcome === 'uncertain' || result.error.code === 'DUPLICATE_FOUND')
    );
  });
  if (doubtful.length === 0) return [...results];
  const campaignIds = [...new Set(doubtful.flatMap(({ campaignId }) => campaignId ?? []))];
  const held = await target.members(
    campaignIds,
    doubtful.map(({ personId }) => personId),
  );
  const settled = new Map<ReadyWrite, WriteResult>();
  for (const one of doubtful) {
    const member = held.find(
      ({ personId, campaignId }) => personId === one.personId && campaignId === one.campaignId,
    );
    if (member === undefined) continue;
    if (member.status === one.write.payload.Status) settled.set(one, written(member.id, false));
    else {
      const { Status } = one.write.payload;
      const [result] = await target.write('CampaignMember', [
        { id: member.id, payload: Status === undefined ? {} : { Status } },
      ]);
      if (result !== undefined) settled.set(one, result);
    }
  }
  return batch.map((one, at) => settled.get(one) ?? results[at] ?? unanswered());
}

function written(id: string, created: boolean): WriteResult {
  return { outcome: 'written', id, created };
}

function unanswered(): WriteResult {
  const error = new StackbridgeError('BUG', 'Salesforce gave no result for this record', {
    system: 'salesforce',
  });
  return { outcome: 'refused', error };
}
