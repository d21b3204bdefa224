import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import { createXeroProjects } from '@stackbridge/shared-mappers/connectors/xero/projects.ts';
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
import type { BillingReply } from '@stackbridge/shared-mappers/sync/stateless/billing/billing-store.ts';
import { clientOfOrganisation, organisationNamed } from '../connection/xero.ts';
import { deliveryMemory } from '../ports/delivery-memory.ts';
import type { Step } from '../step.ts';
import { billedItem } from './bill-delivered.ts';
import { type BilledItem, questionItem } from './billed-item.ts';
import { readTimeRecipe } from './billing-recipe.ts';
import { deliveredProject, deliveredTime } from './delivered-sources.ts';
import { blank, type EnteredTime, entered } from './entered-item.ts';
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
