import type { SourceRecord } from '@stackbridge/shared-mappers/model/record.ts';
import type { Side } from '@stackbridge/shared-mappers/model/side.ts';
import type { PersonOutcome } from '@stackbridge/shared-mappers/sync/stateless/person-outcome.ts';
import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { NodeFault } from '../errors/node-fault.ts';
import type { Sides } from './run-contact-sync.ts';

const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? '').trim());

/** Who the items of an execution are about, and which items each of them stands for. */
export interface InputPairs {
  readonly ids: Readonly<Record<Side, readonly string[]>>;
  /** Indexes of the input items that meant this person; empty where none did. */
  itemsOf(person: Pick<PersonOutcome, 'leftId' | 'rightId'>): readonly number[];
}

/**
 * Reads of every item which pair to look at. Addresses are looked up on both sides.
 *
 * @throws NodeFault for an item that names nobody
 */
export async function inputPairs(context: IExecuteFunctions, sides: Sides): Promise<InputPairs> {
  const items: Record<Side | 'email', Map<string, number[]>> = {
    left: new Map(),
    right: new Map(),
    email: new Map(),
  };
  const note = (of: keyof typeof items, name: string, index: number): void => {
    if (name !== '') items[of].set(name, [...(items[of].get(name) ?? []), index]);
  };
  for (const index of context.getInputData().keys()) {
    const named = (name: string): string => text.parse(context.getNodeParameter(name, index, ''));
    const ids = { left: named('salesforceId'), right: named('memberId') };
    const email = named('email').toLowerCase();
    if (ids.left === '' && ids.right === '' && email === '')
      throw new NodeFault(
        `Item ${index} names nobody`,
        'Fill in Salesforce ID, Mailchimp Contact ID or Email, or choose to look at everything that has changed.',
      );
    note('left', ids.left, index);
    note('right', ids.right, index);
    if (ids.left === '' && ids.right === '') note('email', email, index);
  }
  const addresses = [...items.email.keys()];
  const found = addresses.length === 0 ? NOBODY : await withAddress(addresses, sides);
  for (const side of ['left', 'right'] as const) {
    for (const { email, id } of found[side])
      for (const index of items.email.get(email) ?? []) note(side, id, index);
  }
  return {
    ids: { left: [...items.left.keys()], right: [...items.right.keys()] },
    itemsOf: ({ leftId = '', rightId = '' }) => [
      ...new Set([...(items.left.get(leftId) ?? []), ...(items.right.get(rightId) ?? [])]),
    ],
  };
}

interface Addressed {
  readonly email: string;
  readonly id: string;
}

const NOBODY: Readonly<Record<Side, readonly Addressed[]>> = { left: [], right: [] };

/** The fields that hold a person's address in each system. */
const ADDRESS = { left: 'Email', right: 'email_address' } as const;

async function withAddress(
  addresses: readonly string[],
  { left, right }: Sides,
): Promise<Readonly<Record<Side, readonly Addressed[]>>> {
  const [ofLeft, ofRight] = await Promise.all([
    left.readByKey(ADDRESS.left, addresses, [ADDRESS.left]),
    right.readByKey(ADDRESS.right, addresses, [ADDRESS.right]),
  ]);
  return { left: ofLeft.map(addressed('left')), right: ofRight.map(addressed('right')) };
}

function addressed(side: Side): (record: SourceRecord) => Addressed {
  return ({ id, values }) => ({ id, email: String(values[ADDRESS[side]] ?? '').toLowerCase() });
}
