import type { StackbridgeError } from '../../../errors/stackbridge-error.ts';
import { fingerprintKey } from '../../../model/fingerprint.ts';
import type { Instant } from '../../../model/instant.ts';
import type { RunSummary } from '../../../model/run-summary.ts';
import type { LeftOut } from '../../../plan/billing/document-plan.ts';
import type { MapFault } from '../../../plan/billing/map-fault.ts';
import type { Brake, BrakeName } from '../../../plan/brakes.ts';
import type { BillingJob, BillingPorts } from '../../billing/billing-job.ts';
import { BillingTally } from '../../billing/billing-tally.ts';
import { type BillingOptions, type PlannedBilling, planBilling } from '../../billing/plan-billing.ts';
import { billingSummary, syncBilling } from '../../billing/run-billing.ts';
import { askedOnce } from './asked-once.ts';
import { type BillingOutcome, billingOutcome } from './billing-outcome.ts';
import { type BillingReply, type BillingStore, billingStore } from './billing-store.ts';
import { DocumentLedger } from './document-ledger.ts';

/** The effects of one execution on a host that keeps no state. */
export type StatelessBillingPorts = Omit<BillingPorts, 'store' | 'ledger' | 'key'>;

export interface BillingRequest {
  /** Ids of milestones, expenses, invoices of the books or logs. Default: all that the recipe bills. */
  readonly only?: readonly string[];
  /** A person's answers to conflicts. Default: none. */
  readonly replies?: readonly BillingReply[];
  /** Brakes that may be passed. Default: none. */
  readonly allow?: readonly BrakeName[];
  /** Plans and writes nothing. Default: false. */
  readonly preview?: boolean;
  /**
   * When the work was read, where it was handed over: a subject whose documents were held against later work already is
   * `stale`, and left alone. Default: it is read in this execution, and nothing is later.
   */
  readonly asOf?: Instant;
}

export interface BillingExecution {
  readonly summary: RunSummary;
  /** What ended it early, already told in `summary.stoppedBy`. */
  readonly error?: StackbridgeError;
  /** Everything that was looked at; none where it could not be read. */
  readonly subjects: readonly BillingOutcome[];
  /** Brakes that the plan trips: nothing was written while there is one. */
  readonly brakes: readonly Brake[];
  /** Of the account map against the accounts. What they concern has failed. */
  readonly faults: readonly MapFault[];
  /** Work that belongs to no subject. */
  readonly leftOut: readonly LeftOut[];
}

/** No secret: the fingerprints stand beside what they are of. Another one would make every document look changed. */
const KEY = fingerprintKey('00000000000000000000000000000000');

/**
 * One run of a billing recipe for a host that keeps no state: what was billed is read from the documents themselves, and
 * written on them. Outcomes go back to the caller.
 *
 * Only one execution at a time may write for an organisation: there is no lease that would keep a second one waiting.
 *
 * @throws anything that is no `StackbridgeError`; and, in a preview, a `StackbridgeError` where something could not be read
 */
export async function billWithoutStore(
  job: BillingJob,
  ports: StatelessBillingPorts,
  { only, replies = [], allow = [], preview = false, asOf }: BillingRequest = {},
): Promise<BillingExecution> {
  const accounts = askedOnce(ports.target);
  const facts = asOf === undefined ? { asOf: ports.clock.now() } : { asOf, notesEachLook: true };
  const ledger = new DocumentLedger(accounts, { key: KEY, ...facts });
  const store = billingStore(replies);
  const whole: BillingPorts = { ...ports, target: accounts.target, store, ledger, key: KEY };
  const options = {
    ...(only === undefined ? {} : { only }),
    ...(asOf === undefined ? {} : { asOf }),
    allow,
  };
  if (preview) {
    const { planned, summary } = await previewed(job, whole, options);
    return { summary, ...told(planned, { store, ledger, preview, error: undefined }, allow) };
  }
  let planned: PlannedBilling | undefined;
  const { summary, error } = await syncBilling(job, whole, 'execution', options, (made) => {
    planned = made;
  });
  return {
    summary,
    ...(error === undefined ? {} : { error }),
    ...told(planned, { store, ledger, preview, error }, allow),
  };
}

async function previewed(
  job: BillingJob,
  ports: BillingPorts,
  options: BillingOptions,
): Promise<{ readonly planned: PlannedBilling; readonly summary: RunSummary }> {
  const startedAt = ports.clock.now();
  const callsBefore = { ...ports.calls() };
  const planned = await planBilling(job, ports, options);
  const tally = new BillingTally(planned.planned);
  const facts = { startedAt, callsBefore, writes: { xero: 0 } };
  return { planned, summary: billingSummary(planned.runId, job, ports, tally, facts) };
}

interface Told {
  readonly store: BillingStore;
  readonly ledger: DocumentLedger;
  readonly preview: boolean;
  readonly error: StackbridgeError | undefined;
}

function told(
  planned: PlannedBilling | undefined,
  { store, ledger, preview, error: stopped }: Told,
  allow: readonly BrakeName[],
): Pick<BillingExecution, 'subjects' | 'brakes' | 'faults' | 'leftOut'> {
  if (planned === undefined) return { subjects: [], brakes: [], faults: [], leftOut: [] };
  const { brakes = [], faults, leftOut } = planned;
  const isPreview = preview || brakes.some(({ name }) => !allow.includes(name));
  const facts = { store, ledger, isPreview, stopped };
  const subjects = planned.planned.map((one) => billingOutcome(one, facts));
  return { subjects, brakes, faults, leftOut };
}
