import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { createXeroProjects } from '@stackbridge/shared-mappers/connectors/xero/projects.ts';
import { ERROR_CODES } from '@stackbridge/shared-mappers/errors/codes.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { ProjectSource } from '@stackbridge/shared-mappers/ports/billing-source.ts';
import { prepareTimeEntries } from '@stackbridge/shared-mappers/recipes/prepare-time-entries.ts';
import type { BillingJob } from '@stackbridge/shared-mappers/sync/billing/billing-job.ts';
import { billInOrder } from '@stackbridge/shared-mappers/sync/stateless/billing/bill-in-order.ts';
import {
  type BillingExecution,
  billWithoutStore,
  type StatelessBillingPorts,
} from '@stackbridge/shared-mappers/sync/stateless/billing/bill-without-store.ts';
import type { BillingOutcome } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-outcome.ts';
import type { BillingReply } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-store.ts';
import type { PlainOutputField } from 'zapier-platform-core';
import { clientOfOrganisation, organisationNamed } from '../connection/xero.ts';
import { deliveryMemory } from '../ports/delivery-memory.ts';
import type { Step } from '../step.ts';
import { billedItem } from './bill-delivered.ts';
import { type BilledItem, questionItem } from './billed-item.ts';
import { readTimeRecipe } from './billing-recipe.ts';
import { deliveredProject, deliveredTime } from './delivered-sources.ts';
import type { ProjectTimeDelivery, TimeDelivery } from './time-delivery.ts';

/** Where time is entered, and how. */
export interface TimeEntering {
  /** Of Xero, its id or name; absent: the only one. */
  readonly organisation?: string | undefined;
  /** Text of the recipe. */
  readonly recipe: string;
  /** However many entries would be deleted. */
  readonly allowsDeletes: boolean;
  /** A person's answer to what an earlier step has asked about one entry. Default: none. */
  readonly answer?: BillingReply;
}

/** What became of one log, for a Zap. */
interface EnteredLog {
  readonly logId: string;
  readonly title: string;
  readonly outcome: BillingOutcome['outcome'];
  readonly code: string;
  readonly message: string;
  readonly documentNumber: string;
  readonly differenceKey: string;
  /** Separated by commas. */
  readonly answers: string;
}

interface EnteredTime {
  /** Of the log, or of the project. */
  readonly id: string;
  readonly outcome: 'entered' | 'there already' | 'differs' | 'nothing is due' | 'stale';
  readonly message: string;
  readonly project: string;
  readonly written: number;
  readonly needsAttention: boolean;
  readonly entries: readonly EnteredLog[];
}

/** @throws StackbridgeError where the recipe or Xero stands against all of it, or passes */
export async function enterTime(
  step: Step,
  entering: TimeEntering,
  delivered: TimeDelivery | ProjectTimeDelivery,
): Promise<EnteredTime> {
  const { project } = delivered;
  if ('log' in delivered) {
    const execution = await enterLog(step, entering, delivered);
    const [issue] = execution.subjects[0]?.issues ?? [];
    if (execution.error === undefined && issue?.kind === 'failure')
      throw new StackbridgeError(issue.code, issue.message, { system: 'xero' });
    return entered(delivered.log.id, project.name, execution);
  }
  const execution = await enterProject(step, entering, delivered);
  return execution === 'late'
    ? { ...blank(project.id, project.name), outcome: 'stale', message: LATE }
    : entered(project.id, project.name, execution);
}

/**
 * Carries out what a person has decided about one entry, and whatever else the delivery has for its project.
 *
 * @throws StackbridgeError as `enterTime`, and where the entry could not be written
 */
export async function answerTime(
  step: Step,
  entering: TimeEntering & { readonly answer: BillingReply },
  delivered: TimeDelivery | ProjectTimeDelivery,
): Promise<BilledItem> {
  const execution =
    'log' in delivered
      ? await enterLog(step, entering, delivered)
      : await enterProject(step, entering, delivered);
  const { subject } = entering.answer;
  if (execution === 'late')
    return { id: subject, outcome: 'stale', message: LATE, ...questionItem(undefined) };
  if (execution.error !== undefined) throw execution.error;
  return billedItem(
    subject,
    execution.subjects.find((one) => one.subject === subject),
  );
}

const LATE = 'Later time of the project has been entered already';

/** As the project stands by the delivery: entries are made, changed and deleted, none that later work was written to. */
async function enterProject(
  step: Step,
  entering: TimeEntering,
  delivered: ProjectTimeDelivery,
): Promise<BillingExecution | 'late'> {
  const { job, ports, tenantId } = await prepared(step, entering, deliveredTime(delivered));
  const { project, readAt } = delivered;
  return billInOrder(
    job,
    ports,
    { asOf: readAt, allow: entering.allowsDeletes ? ['deletes'] : [], replies: repliesIn(entering) },
    project.id,
    deliveryMemory(step.z, `time ${tenantId} ${job.recipe}`),
  );
}

/**
 * Of one log alone nothing is known but that it is there: it is entered where no entry of it stands, and no entry is
 * changed but by a person's answer.
 */
async function enterLog(
  step: Step,
  entering: TimeEntering,
  { project, log }: TimeDelivery,
): Promise<BillingExecution> {
  const { job, ports } = await prepared(step, entering, deliveredProject(project, [log]));
  const request = { only: [log.id], replies: repliesIn(entering) };
  if (entering.answer !== undefined) return billWithoutStore(job, ports, request);
  const looked = await billWithoutStore(job, ports, { ...request, preview: true });
  const isNew = looked.subjects[0]?.write?.action === 'create';
  return isNew ? billWithoutStore(job, ports, request) : looked;
}

function repliesIn({ answer }: TimeEntering): BillingReply[] {
  return answer === undefined ? [] : [answer];
}

async function prepared(
  step: Step,
  { organisation, recipe: text }: TimeEntering,
  source: ProjectSource,
): Promise<{
  readonly job: BillingJob;
  readonly ports: StatelessBillingPorts;
  readonly tenantId: string;
}> {
  const { recipe, map } = readTimeRecipe(text);
  const found = await organisationNamed(step, organisation);
  const client = clientOfOrganisation(step, found);
  const { progress } = step.ports;
  const target = createXeroConnector(client);
  return {
    job: prepareTimeEntries({ recipe, map, source, time: createXeroProjects(client), progress }),
    ports: { ...step.ports, target },
    tenantId: found.tenantId,
  };
}

function blank(id: string, project: string): Omit<EnteredTime, 'outcome' | 'message'> {
  return { id, project, written: 0, needsAttention: false, entries: [] };
}

function entered(id: string, project: string, { subjects, error }: BillingExecution): EnteredTime {
  if (error !== undefined) throw error;
  const passing = subjects
    .flatMap(({ issues }) => issues)
    .find(({ code }) => ERROR_CODES[code].class === 'Transient');
  if (passing !== undefined) throw new StackbridgeError(passing.code, passing.message, { system: 'xero' });
  const entries = subjects.map(enteredLog);
  const waiting = entries.filter(({ outcome }) => ['failed', 'conflict', 'planned'].includes(outcome));
  return {
    ...blank(id, project),
    outcome: wordFor(entries, waiting.length > 0),
    message: [...new Set((waiting.length > 0 ? waiting : entries).map(({ message }) => message))]
      .filter((message) => message !== '')
      .join('; '),
    written: subjects.filter(({ write }) => write?.written === true).length,
    needsAttention: waiting.length > 0,
    entries,
  };
}

function enteredLog({ subject, title, outcome, because = '', issues }: BillingOutcome): EnteredLog {
  const [issue] = issues;
  return {
    logId: subject,
    title,
    outcome,
    code: issue?.code ?? '',
    message: issue?.message ?? because,
    documentNumber: issue?.documentNumber ?? '',
    differenceKey: issue?.key ?? '',
    answers: issue?.answers.join(', ') ?? '',
  };
}

function wordFor(entries: readonly EnteredLog[], isWaiting: boolean): EnteredTime['outcome'] {
  const isAny = (outcome: EnteredLog['outcome']): boolean => entries.some((one) => one.outcome === outcome);
  if (isWaiting) return 'differs';
  if (isAny('applied')) return 'entered';
  if (isAny('stale')) return 'stale';
  return isAny('unchanged') ? 'there already' : 'nothing is due';
}

export const ENTERED_SAMPLE: EnteredTime & Record<string, unknown> = {
  id: '4000000010001',
  project: 'Website relaunch',
  outcome: 'entered',
  message: '',
  written: 1,
  needsAttention: false,
  entries: [
    {
      logId: '4000000077777',
      title: 'Website relaunch: Wireframes, Grace Hopper, 2026-10-28',
      outcome: 'applied',
      code: '',
      message: '',
      documentNumber: '',
      differenceKey: '',
      answers: '',
    },
  ],
};

export const ENTERED_OUTPUT: PlainOutputField[] = [
  { key: 'id', label: 'Project or Time Entry ID' },
  { key: 'project', label: 'Project' },
  { key: 'outcome', label: 'Outcome' },
  { key: 'message', label: 'Reason' },
  { key: 'written', label: 'Entries Written', type: 'integer' },
  { key: 'needsAttention', label: 'Needs Attention', type: 'boolean' },
  {
    key: 'entries',
    label: 'Time Entries',
    children: [
      { key: 'logId', label: 'Time Entry ID' },
      { key: 'title', label: 'Title' },
      { key: 'outcome', label: 'Outcome' },
      { key: 'code', label: 'Code' },
      { key: 'message', label: 'Reason' },
      { key: 'documentNumber', label: 'Number in Question' },
      { key: 'differenceKey', label: 'Difference Key' },
      { key: 'answers', label: 'Answers' },
    ],
  },
];
