import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import { parsedJson } from '@stackbridge/shared-mappers/model/parsed-json.ts';
import type { WorkFound } from '@stackbridge/shared-mappers/plan/billing/assign-work.ts';
import type { Progress } from '@stackbridge/shared-mappers/ports/progress.ts';
import { prepareMilestoneInvoice } from '@stackbridge/shared-mappers/recipes/prepare-milestone-invoice.ts';
import { z } from 'zod';
import { StepFault } from '../errors/step-fault.ts';
import type { DeliveredJob } from './bill-delivered.ts';
import { readMilestoneRecipe } from './billing-recipe.ts';
import { deliveredBooks, deliveredProject } from './delivered-sources.ts';
import { expense } from './expense-delivery.ts';
import { log, project } from './time-delivery.ts';

const text = z.string();
const more = text.exactOptional();

const milestone = z.strictObject({
  id: text,
  projectId: text,
  name: text,
  closed: z.boolean(),
  closedFault: more,
  closedOn: more,
  modifiedAt: z.number().exactOptional(),
  fixedAmount: more,
  amountFault: more,
});

/**
 * A milestone on its way from one Zap step to another, with the work of its whole project: hours that moved on to
 * another milestone stay where they are billed.
 */
export interface MilestoneDelivery extends Omit<WorkFound, 'projects'> {
  readonly milestoneId: string;
  readonly readAt: Instant;
  readonly project: WorkFound['projects'][number];
  /** The custom field that agreed amounts were read from. Default: none were read. */
  readonly fixedAmountField?: string;
}

const work: z.ZodType<MilestoneDelivery> = z.strictObject({
  readAt: z.number(),
  milestoneId: text,
  project,
  fixedAmountField: more,
  milestones: z.array(milestone),
  logs: z.array(log),
  expenses: z.array(expense),
});

export function packWork(found: MilestoneDelivery): string {
  return JSON.stringify(found);
}

/** @throws StepFault for a text that the trigger of this app has not made, and for a recipe with its faults */
export function deliveredMilestone(recipeText: string, delivery: string, progress: Progress): DeliveredJob {
  const { recipe, map } = readMilestoneRecipe(recipeText);
  const { milestoneId, readAt, project, fixedAmountField, logs, milestones, expenses } = readWork(delivery);
  const { fixedAmount, webUrl } = recipe.zoho;
  if (fixedAmount !== undefined && fixedAmount !== fixedAmountField) throw unread(fixedAmount);
  if (webUrl !== undefined && project.url?.startsWith(webUrl) !== true) throw withoutLink(webUrl);
  const source = deliveredProject(project, logs, milestones);
  const books = deliveredBooks({ expenses });
  return {
    job: prepareMilestoneInvoice({ recipe, map, source, books, progress }),
    subject: milestoneId,
    readAt,
  };
}

function readWork(given: string): MilestoneDelivery {
  const read = work.safeParse(parsedJson(given));
  if (read.success) return read.data;
  throw new StepFault(
    'WRONG_INPUT',
    'The field Work must hold the "Work for Billing Steps" of the trigger Milestone Completed or of the search for one, and nothing else.',
  );
}

function unread(fixedAmount: string): StepFault {
  return new StepFault(
    'WRONG_INPUT',
    `The recipe bills the agreed amount of the field ${fixedAmount}: write that name into "Field of the Agreed Amount" of the trigger.`,
  );
}

function withoutLink(webUrl: string): StepFault {
  return new StepFault(
    'WRONG_INPUT',
    `The recipe links invoices to ${webUrl}: write that address into "Web Address of Zoho Projects" of the trigger.`,
  );
}
