import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Connector } from '@stackbridge/shared-mappers/ports/connector.ts';
import type { ContactSyncRecipe } from '@stackbridge/shared-mappers/recipes/contact-sync.ts';
import { addressNamed, fieldsNamed } from '@stackbridge/shared-mappers/recipes/fields-named.ts';
import type { CachedSchema } from '@stackbridge/shared-mappers/recipes/schema-cache.ts';
import type { SyncJob } from '@stackbridge/shared-mappers/sync/job.ts';
import type { PersonOutcome } from '@stackbridge/shared-mappers/sync/stateless/person-outcome.ts';
import { readRelatives } from '@stackbridge/shared-mappers/sync/stateless/relatives.ts';
import { verdictOf } from '@stackbridge/shared-mappers/sync/stateless/show-verdict.ts';
import { type Delivery, packDelivery } from './delivery.ts';

/** The side that a step has written to, and what it took in. */
export interface Written {
  readonly job: SyncJob;
  readonly recipe: ContactSyncRecipe;
  readonly delivery: Delivery;
  readonly target: Delivery['system'];
  readonly connector: Connector;
  readonly schema: CachedSchema['schema'];
  readonly now: Instant;
}

/**
 * For the sync step of the other direction: the record as it is once this step is done, or what Mailchimp said for good;
 * empty where that step has nothing to carry out.
 */
export async function handedOn(
  person: PersonOutcome,
  { job, recipe, delivery, target, connector, schema, now }: Written,
): Promise<string> {
  const names = fieldsNamed(recipe, target);
  if (target === 'mailchimp') {
    const address = job.map.rules.find(({ isEmail }) => isEmail);
    const email = address?.read.left(delivery.record.values) ?? '';
    const verdict = verdictOf(person, email, job);
    const nobody = { object: 'member', modifiedAt: now, state: 'gone', values: {} } as const;
    if (verdict !== undefined)
      return packDelivery(
        { record: { ...nobody, id: person.rightId ?? email } },
        schema,
        names,
        now,
        verdict,
      );
  }
  const [side, id] =
    target === 'mailchimp' ? (['right', person.rightId] as const) : (['left', person.leftId] as const);
  if (person.othersTurn === undefined || id === undefined) return '';
  const columns = job.map.columns[side];
  const [record] = await connector.readByIds([id], columns);
  if (record === undefined) return '';
  if (side === 'right') return packDelivery({ record }, schema, names, now);
  const kin = { connector, columns, addressField: addressNamed(recipe, schema) };
  const relatives = (await readRelatives([record], kin)).get(id);
  return packDelivery({ record, ...(relatives === undefined ? {} : { relatives }) }, schema, names, now);
}
