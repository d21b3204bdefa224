import { connectorsOf } from '@stackbridge/shared-mappers/recipes/people-connectors.ts';
import type { PersonOutcome } from '@stackbridge/shared-mappers/sync/stateless/person-outcome.ts';
import type { Request } from '@stackbridge/shared-mappers/sync/stateless/sync-without-store.ts';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { startNode } from '../ports/node-ports.ts';
import { type InputPairs, inputPairs } from './input-pairs.ts';
import { outcomeItem } from './outcome-item.ts';
import { peopleClients } from './people.ts';
import { runContactSync } from './run-contact-sync.ts';
import { readSyncSettings, type SyncSettings } from './sync-settings.ts';

/** Synced, Conflicts, Failed: the outputs of the node, in this order. */
type Outputs = [INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]];

/** All items of the execution make one plan. @throws what contacts/run-contact-sync.ts `runContactSync` throws */
export async function syncContacts(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const settings = readSyncSettings(context);
  const ports = startNode(context);
  const clients = await peopleClients(context, ports, settings.signIn, settings.recipe.patienceMs);
  const sides = connectorsOf(settings.recipe, clients);
  const pairs = settings.lookAt === 'items' ? await inputPairs(context, sides) : undefined;
  const { execution, notes } = await runContactSync(
    settings.recipe,
    sides,
    requestOf(settings, pairs),
    ports,
  );
  const { people, error, summary, brakes, serverTimes } = execution;
  if (error !== undefined) throw error;
  for (const message of [...brakes.map((brake) => brake.message), ...notes])
    context.addExecutionHints({ message, location: 'outputPane' });
  const outputs = sorted(people, pairs);
  if (settings.withSummary) {
    const { counts, writes, calls, excluded } = summary;
    const next = Object.fromEntries(
      Object.entries(serverTimes).map(([side, at]) => [NEXT[side] ?? side, new Date(at).toISOString()]),
    );
    const run: IDataObject = {
      counts: { ...counts },
      writes: { ...writes },
      calls: { ...calls },
      excluded: { ...excluded },
      brakes: brakes.map(({ name }) => name),
      ...next,
    };
    outputs[0].push({ json: { outcome: 'summary', run }, pairedItem: { item: 0 } });
  }
  return outputs;
}

/** Where the next execution begins, on the systems' own clocks. */
const NEXT: Readonly<Record<string, string>> = { left: 'salesforceSince', right: 'mailchimpSince' };

function requestOf(settings: SyncSettings, pairs: InputPairs | undefined): Request {
  const { allow, preview, since, lookAt } = settings;
  if (pairs !== undefined) return { scope: { ids: pairs.ids }, allow, preview };
  if (lookAt === 'everything' || since === undefined) return { scope: { everything: true }, allow, preview };
  return { scope: { since }, allow, preview };
}

function sorted(people: readonly PersonOutcome[], pairs: InputPairs | undefined): Outputs {
  const outputs: Outputs = [[], [], []];
  for (const person of people) {
    const items = pairs?.itemsOf(person) ?? [];
    const json: IDataObject = { ...outcomeItem(person) };
    outputs[outputOf(person)].push({
      json,
      pairedItem: (items.length === 0 ? [0] : items).map((item) => ({ item })),
    });
  }
  return outputs;
}

function outputOf({ outcome }: PersonOutcome): 0 | 1 | 2 {
  if (outcome === 'conflict') return 1;
  return outcome === 'failed' ? 2 : 0;
}
