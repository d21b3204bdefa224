import { connectorsOf, type PeopleClients } from '@stackbridge/shared-mappers/recipes/people-connectors.ts';
import type { PersonOutcome } from '@stackbridge/shared-mappers/sync/stateless/person-outcome.ts';
import type { Request } from '@stackbridge/shared-mappers/sync/stateless/sync-without-store.ts';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { tellEarlyEnd } from '../errors/early-end.ts';
import { startNode } from '../ports/node-ports.ts';
import { runSummary } from '../run-summary.ts';
import type { ContactSettings } from './contact-settings.ts';
import { markFields } from './mark-fields.ts';
import { outcomeItem } from './outcome-item.ts';
import { peopleClients } from './people.ts';
import { type ContactSyncRun, runContactSync, type Sides } from './run-contact-sync.ts';

/** What one execution looks at, and which input items each person stands for. */
export interface Question {
  readonly request: Request;
  readonly itemsOf: (person: PersonOutcome) => readonly number[];
}

/**
 * Reads, plans and writes once for the whole of an execution.
 *
 * @param ask says what to look at, with both sides at hand
 * @returns the items of the outputs Synced, Conflicts and Failed
 */
export async function carryOut(
  context: IExecuteFunctions,
  { recipe, signIn, withSummary, preview }: ContactSettings,
  ask: (sides: Sides, clients: PeopleClients) => Promise<Question>,
): Promise<INodeExecutionData[][]> {
  const ports = { ...startNode(context), patienceMs: recipe.patienceMs };
  const clients = await peopleClients(context, ports, signIn);
  const sides = connectorsOf(recipe, clients);
  const described = await markFields(recipe, sides, clients, { clock: ports.clock, preview });
  const { request, itemsOf } = await ask(sides, clients);
  const { execution, notes } = await runContactSync(described, sides, request, ports);
  tellEarlyEnd(context, execution);
  for (const message of [...execution.brakes.map((brake) => brake.message), ...notes])
    context.addExecutionHints({ message, location: 'outputPane' });
  const outputs: [INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]] = [[], [], []];
  for (const person of execution.people) {
    const items = itemsOf(person);
    const pairedItem = (items.length === 0 ? [0] : items).map((item) => ({ item }));
    outputs[outputOf(person)].push({ json: { ...outcomeItem(person) }, pairedItem });
  }
  if (withSummary) outputs[0].push({ json: summaryOf(execution), pairedItem: { item: 0 } });
  return outputs;
}

function outputOf({ outcome }: PersonOutcome): 0 | 1 | 2 {
  if (outcome === 'conflict') return 1;
  return outcome === 'failed' ? 2 : 0;
}

function summaryOf(execution: ContactSyncRun['execution']): IDataObject {
  const { serverTimes, mayAdvance } = execution;
  const { left, right } = mayAdvance ? serverTimes : {};
  return {
    ...runSummary(execution),
    // Where the next execution begins, on the systems' own clocks.
    ...(left === undefined ? {} : { salesforceSince: new Date(left).toISOString() }),
    ...(right === undefined ? {} : { mailchimpSince: new Date(right).toISOString() }),
  };
}
