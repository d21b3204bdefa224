import type { StackbridgeError } from '../../../errors/stackbridge-error.ts';
import { fingerprintKey } from '../../../model/fingerprint.ts';
import type { Parked } from '../../../model/parked.ts';
import type { RunSummary } from '../../../model/run-summary.ts';
import type { PlannedCampaign } from '../../../plan/activity/plan-person.ts';
import type { Brake, BrakeName } from '../../../plan/brakes.ts';
import type { Store } from '../../../ports/store.ts';
import type { ActivityJob, ActivityPorts } from '../../activity/activity-job.ts';
import type { HeldCampaign } from '../../activity/held-campaigns.ts';
import { type PlannedActivity, planActivity } from '../../activity/plan-activity.ts';
import { activitySummary, syncActivity } from '../../activity/run-activity.ts';
import { forgetfulStore } from '../forgetful-store.ts';
import { type EventOutcome, eventOutcome } from './event-outcome.ts';
import { executionLedger } from './execution-ledger.ts';
import { memoryActivityScratch } from './memory-activity-scratch.ts';

/** The effects of one execution on a host that keeps no state. */
export type StatelessActivityPorts = Omit<ActivityPorts, 'store' | 'ledger' | 'openActivityScratch' | 'key'>;

export interface ActivityRequest {
  /** Brakes that may be passed. Default: none. */
  readonly allow?: readonly BrakeName[];
  /** Plans and writes nothing. Default: false. */
  readonly preview?: boolean;
}

export interface ActivityExecution {
  /** Counts are events. */
  readonly summary: RunSummary;
  /** What ended it early, already told in `summary.stoppedBy`. */
  readonly error?: StackbridgeError;
  /** Every event that was read; none where the reports could not be. */
  readonly events: readonly EventOutcome[];
  /** The followed campaigns, by id. */
  readonly campaigns: ReadonlyMap<string, PlannedCampaign>;
  /** Campaigns whose reports were left unread, with all their events. */
  readonly held: readonly HeldCampaign[];
  /** Brakes that the plan trips: nothing was written while there is one. */
  readonly brakes: readonly Brake[];
}

/** Addresses are compared within one execution only: the key protects nothing that is kept. */
const KEY = fingerprintKey('00000000000000000000000000000000');

/**
 * One run of an activity recipe for a host that keeps no state: what is there already is found again by what it says, so
 * that reading the same days twice writes nothing twice. Outcomes go back to the caller.
 *
 * @param job of a recipe that counts nothing from before, and says since when
 * @throws anything that is no `StackbridgeError`; and, in a preview, a `StackbridgeError` where something could not be read
 */
export async function activityWithoutStore(
  job: ActivityJob,
  ports: StatelessActivityPorts,
  { allow = [], preview = false }: ActivityRequest = {},
): Promise<ActivityExecution> {
  const scratch = memoryActivityScratch();
  const parked = new Map<string, Parked>();
  const store = parkingIn(parked);
  const ledger = executionLedger(store);
  const whole: ActivityPorts = {
    ...ports,
    store,
    ledger,
    openActivityScratch: async () => scratch,
    key: KEY,
  };
  let planned: PlannedActivity | undefined;
  const { summary, error } = preview
    ? await previewed(job, whole, (made) => {
        planned = made;
      })
    : await syncActivity(job, whole, 'execution', { allow }, (made) => {
        planned = made;
      });
  const { brakes = [], held = [] } = planned ?? {};
  const facts = { ledger, parked, isPreview: preview || brakes.length > 0, stopped: error };
  return {
    summary,
    ...(error === undefined ? {} : { error }),
    events: scratch.plans.flatMap((plan) => plan.events.map((one) => eventOutcome(one, plan, facts))),
    campaigns: planned?.campaigns.byId ?? new Map(),
    held,
    brakes,
  };
}

async function previewed(
  job: ActivityJob,
  ports: ActivityPorts,
  onPlan: (planned: PlannedActivity) => void,
): Promise<{ readonly summary: RunSummary; readonly error?: undefined }> {
  const startedAt = ports.clock.now();
  const callsBefore = { ...ports.calls() };
  const planned = await planActivity(job, ports);
  onPlan(planned);
  const facts = { startedAt, callsBefore, writes: { salesforce: 0 } };
  return { summary: activitySummary(planned.runId, job, ports, planned.tally, facts) };
}

/** What could not be done is handed out as it is parked; everything else matters to a later run alone. */
function parkingIn(parked: Map<string, Parked>): Store {
  return {
    ...forgetfulStore(),
    async commit(_, changes) {
      for (const change of changes) {
        if (change.kind === 'park') parked.set(change.parked.subject, change.parked);
      }
    },
  };
}
