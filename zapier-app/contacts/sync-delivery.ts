import { SYSTEM_FACTS } from '@stackbridge/credentials/systems.ts';
import { ERROR_CODES, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { MappingProblem } from '@stackbridge/shared-mappers/mapping/mapping-problem.ts';
import { fingerprintKey } from '@stackbridge/shared-mappers/model/fingerprint.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { prepareContactSync } from '@stackbridge/shared-mappers/recipes/prepare-contact-sync.ts';
import {
  type CachedSchema,
  cachedSchemaOf,
  memoryMemos,
  schemaMemos,
  toMemo,
} from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import { deliveredConnector } from '@stackbridge/shared-mappers/sync/stateless/delivered-connector.ts';
import type { PairDecision } from '@stackbridge/shared-mappers/sync/stateless/execution-store.ts';
import type { PersonOutcome } from '@stackbridge/shared-mappers/sync/stateless/person-outcome.ts';
import { showVerdict } from '@stackbridge/shared-mappers/sync/stateless/show-verdict.ts';
import { syncOneSide } from '@stackbridge/shared-mappers/sync/stateless/sync-one-side.ts';
import { refusingVanished } from '@stackbridge/shared-mappers/sync/vanished-fields.ts';
import { mailchimpMembers, salesforcePeople } from '../connection/people.ts';
import { StepFault } from '../errors/step-fault.ts';
import type { Step } from '../step.ts';
import type { Delivery } from './delivery.ts';
import { tellFields } from './described-fields.ts';
import { handedOn } from './handed-on.ts';
import { rememberedSchema } from './remembered-schema.ts';

/** Addresses are compared within one execution only: the key protects nothing that is kept. */
const KEY = fingerprintKey('00000000000000000000000000000000');

/** What comes of fields that are no longer as they were described. */
const OF_FIELDS: ReadonlySet<ErrorCode> = new Set([
  'BRAKE_FIELD_MISSING',
  'BRAKE_FIELD_READ_ONLY',
  'BRAKE_FIELD_TOO_SHORT',
  'BRAKE_CONSENT_HIDDEN',
  'CHOICE_UNKNOWN',
  'FIELD_REQUIRED',
  'VALUE_TOO_LONG',
]);

class UnfitRecipe extends StepFault {
  constructor(problems: readonly MappingProblem[]) {
    const said = problems.map(({ message }) => message).join('; ');
    super('WRONG_INPUT', `The recipe does not fit both systems. ${said}`);
  }
}

const OTHER = { salesforce: 'mailchimp', mailchimp: 'salesforce' } as const;

export interface SyncDelivery {
  readonly recipe: ContactSyncRecipe;
  readonly delivery: Delivery;
  /** The system that is written. */
  readonly target: 'salesforce' | 'mailchimp';
  readonly decisions?: readonly PairDecision[];
  /** Only says what would be written. Default: false. */
  readonly preview?: boolean;
}

export interface Synced {
  readonly person: PersonOutcome;
  /** For the sync step of the other direction: see `handedOn`. */
  readonly record: string;
}

/**
 * Takes a delivered record in on the other side, which alone is read and written.
 *
 * @throws StackbridgeError for what passes or concerns the account, so that Zapier waits or runs the step again, and for
 * what the system refused; a conflict is an outcome
 */
export async function syncDelivery(step: Step, sync: SyncDelivery): Promise<Synced> {
  const { recipe, delivery, target } = sync;
  if (delivery.system === target)
    throw new StepFault(
      'WRONG_INPUT',
      `This step writes to ${SYSTEM_FACTS[target].displayName} and takes records of ${SYSTEM_FACTS[OTHER[target]].displayName}.`,
    );
  const known = await rememberedSchema(step, recipe, target).recall();
  if (known === undefined) return takeIn(step, sync, undefined);
  try {
    const synced = await takeIn(step, sync, known);
    if (!synced.person.issues.some(({ code }) => OF_FIELDS.has(code))) return synced;
  } catch (error) {
    if (!isOfFields(error)) throw error;
  }
  // Its fields may have changed since: nobody is told of a fault that is no longer there.
  return takeIn(step, sync, undefined);
}

function isOfFields(error: unknown): boolean {
  return error instanceof UnfitRecipe || (error instanceof StackbridgeError && OF_FIELDS.has(error.code));
}

/** @param known how the target was described some time ago; undefined: it is described now */
async function takeIn(
  step: Step,
  { recipe, delivery, target, decisions = [], preview = false }: SyncDelivery,
  known: CachedSchema | undefined,
): Promise<Synced> {
  const written = refusingVanished(targetOf(step, recipe, target, known));
  const delivered = deliveredConnector(delivery);
  const sides =
    target === 'mailchimp' ? { left: delivered, right: written } : { left: written, right: delivered };
  const { left, right } = schemaMemos(recipe);
  const [given, ours] = target === 'mailchimp' ? [left, right] : [right, left];
  const { clock } = step.ports;
  const store = memoryMemos({
    [given]: { ...delivery.schema, at: clock.now() },
    ...(known === undefined ? {} : { [ours]: toMemo(known.schema, known.at) }),
  });
  const prepared = await prepareContactSync({ recipe, ...sides, store, clock, key: KEY });
  if ('problems' in prepared) throw new UnfitRecipe(prepared.problems);
  const described = await cachedSchemaOf(store, ours);
  if (described === undefined) throw new TypeError(`${target} was not described`);
  if (known === undefined) {
    await rememberedSchema(step, recipe, target).keep(described);
    await tellFields(step, recipe, described.schema);
  }
  const { job } = prepared;
  if (delivery.verdict !== undefined)
    return { person: await showVerdict(job, written, delivery.verdict, preview), record: '' };
  const { people, error } = await syncOneSide(job, step.ports, {
    source: target === 'mailchimp' ? 'left' : 'right',
    incoming: delivery,
    target: written,
    decisions,
    preview,
  });
  if (error !== undefined) throw error;
  const person = settled(people, delivery);
  if (preview) return { person, record: '' };
  const { schema } = described;
  const hand = { job, recipe, delivery, target, connector: written, schema, now: clock.now() };
  return { person, record: await handedOn(person, hand) };
}

function targetOf(
  step: Step,
  recipe: ContactSyncRecipe,
  target: SyncDelivery['target'],
  known: CachedSchema | undefined,
): Connector {
  if (target === 'mailchimp') return mailchimpMembers(step, recipe.mailchimp.audience, known?.schema.object);
  const { object, filter, externalId, duplicates } = recipe.salesforce;
  return salesforcePeople(step, object, {
    allowDuplicates: duplicates === 'save',
    ...(filter === undefined ? {} : { filter }),
    ...(externalId === undefined ? {} : { externalId }),
  });
}

/** What failed is Zapier's to repeat, or to show: it is thrown. */
function settled(people: readonly PersonOutcome[], { system, record }: Delivery): PersonOutcome {
  const isMeant = ({ leftId, rightId }: PersonOutcome): boolean => [leftId, rightId].includes(record.id);
  const person = people.find(({ outcome }) => outcome === 'failed') ?? people.find(isMeant) ?? people[0];
  if (person === undefined)
    return { outcome: 'unchanged', because: 'nothing to compare', changes: [], issues: [] };
  if (person.outcome !== 'failed') return person;
  const issue = person.issues.find(({ code }) => ERROR_CODES[code].class !== 'Conflict');
  throw new StackbridgeError(issue?.code ?? 'REJECTED', issue?.message ?? 'The record was refused', {
    system: system === 'salesforce' ? 'mailchimp' : 'salesforce',
    recordId: record.id,
  });
}
