import { isDeepStrictEqual } from 'node:util';
import type { FieldMap } from '@stackbridge/shared-mappers/mapping/compiled-rule.ts';
import type { JsonObject, MutableJsonObject } from '@stackbridge/shared-mappers/model/json.ts';
import type { Measurement, Yardstick } from '../measurement.ts';
import { byMapTransform } from './by-map-transform.ts';
import type { RealContacts } from './real-contacts.ts';
import { compare, medianOf } from './rounds.ts';

const RATE: Yardstick = {
  id: 'speed.mapping',
  what: 'mapping a contact of 12 fields to a member',
  unit: 'records/s',
  target: 500_000,
  good: 'at least',
};
const OTHER_RATE: Yardstick = {
  id: 'speed.map-transform',
  what: 'the same by map-transform',
  unit: 'records/s',
};
const RATIO: Yardstick = {
  id: 'speed.mapping-ratio',
  what: 'mapping against map-transform',
  unit: 'times',
  target: 25,
  good: 'at least',
};

export const MAPPING_ROWS: readonly Yardstick[] = [RATE, OTHER_RATE, RATIO];

/** The slower one goes through fewer records, so that a round of either takes about as long. */
const TIMES = 200;
const TIMES_OF_OTHER = 8;

/** From a contact as Salesforce answers with it to the payload that Mailchimp takes. */
export async function measureMapping({
  job: { map },
  interests,
  pairs,
}: RealContacts): Promise<Measurement[]> {
  const contacts = pairs.map(({ left }) => left.values);
  const mapOther = byMapTransform(interests);
  if (
    !isDeepStrictEqual(
      contacts.map((contact) => toMember(contact, map)),
      await mapOther(contacts),
    )
  ) {
    throw new Error('The two mappings do not come to the same: their speeds do not compare');
  }
  const rates = await compare({
    ours: {
      records: contacts.length * TIMES,
      run: () => {
        let last: JsonObject | undefined;
        for (let time = 0; time < TIMES; time++) {
          for (const contact of contacts) last = toMember(contact, map);
        }
        return last;
      },
    },
    other: {
      records: contacts.length * TIMES_OF_OTHER,
      run: async () => {
        for (let time = 0; time < TIMES_OF_OTHER; time++) await mapOther(contacts);
      },
    },
  });
  const ours = rates('ours');
  const other = rates('other');
  const ratios = ours.map((rate, round) => rate / (other[round] ?? rate));
  return [medianOf(RATE, ours), medianOf(OTHER_RATE, other), medianOf(RATIO, ratios)];
}

function toMember(contact: JsonObject, map: FieldMap): JsonObject {
  const payload: MutableJsonObject = {};
  for (const { direction, read, write } of map.rules) {
    if (direction !== 'to-left') write.right(read.left(contact), payload);
  }
  return payload;
}
