import { chunksOf } from '../../http/paging.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { parseInstant } from '../../model/instant.ts';
import type { JsonObject, JsonValue } from '../../model/json.ts';
import type {
  ActivityTarget,
  CrmCampaign,
  CrmPerson,
  CrmPersonObject,
  CrmWrite,
} from '../../ports/activity-target.ts';
import type { WriteRequest } from '../../ports/connector.ts';
import { salesforceCapabilities } from './capabilities.ts';
import { describeSalesforce } from './describe.ts';
import { toLongId } from './identity.ts';
import { queryRows } from './listing.ts';
import { createReader } from './read.ts';
import { isOneOf, type Query, queryLists, since } from './soql.ts';
import { createWriter, type Writer } from './write.ts';

export interface ActivityTargetOptions {
  /** Made with `salesforceLimits` and `interpretSalesforce`. */
  readonly client: SystemClient;
  /** Saves leads that a duplicate rule of the kind "alert" would hold up; default false. */
  readonly allowDuplicates?: boolean;
}

const PERSON_COLUMNS = ['Id', 'Email', 'CreatedDate'];
const MEMBER_COLUMNS = ['Id', 'CampaignId', 'ContactId', 'LeadId', 'Status'];
/** Beside 200 people they keep the URI under its 16 KB. */
const CAMPAIGNS_AT_ONCE = 100;

/** Campaigns, their members, tasks and a custom object of one org. */
export function createActivityTarget({ client, allowDuplicates }: ActivityTargetOptions): ActivityTarget {
  const { writeBatch, writeConcurrency } = salesforceCapabilities(true);
  const writers = new Map<string, Writer>();

  async function rows(query: Query): Promise<JsonObject[]> {
    const found: JsonObject[] = [];
    for await (const page of queryRows(client, query)) found.push(...page);
    return found;
  }

  async function rowsWith(query: Query, field: string, values: readonly string[]): Promise<JsonObject[]> {
    const { where = [] } = query;
    const calls = queryLists([...new Set(values)]).map((list) =>
      rows({ ...query, where: [...where, isOneOf(field, list)] }),
    );
    return (await Promise.all(calls)).flat();
  }

  async function people(
    object: CrmPersonObject,
    field: 'Id' | 'Email',
    values: readonly string[],
    columns: readonly string[],
  ): Promise<CrmPerson[]> {
    // A converted lead is its contact's to match.
    const where = object === 'Lead' ? ['IsConverted = false'] : [];
    const query = { object, columns: [...new Set([...PERSON_COLUMNS, ...columns])], where };
    return (await rowsWith(query, field, values)).map((row) => ({
      id: idOf(row.Id),
      object,
      email: textOf(row.Email),
      createdAt: parseInstant(textOf(row.CreatedDate)) ?? 0,
      values: row,
    }));
  }

  function writerOf(object: string, externalId: string | undefined): Writer {
    const name = `${object} ${externalId ?? ''}`;
    const known = writers.get(name);
    if (known !== undefined) return known;
    const lead = createReader({
      client,
      object: 'Lead',
      describe: (of) => describeSalesforce(client, of),
    });
    const writer = createWriter({
      client,
      object,
      externalId,
      allowDuplicates: object === 'Lead' ? allowDuplicates : undefined,
      // Only a lead can be found again by an address; a task without an answer stays uncertain.
      readByKey: object === 'Lead' ? lead.readByKey : async () => [],
    });
    writers.set(name, writer);
    return writer;
  }

  return {
    system: 'salesforce',
    writeBatch,
    writeConcurrency,
    describe: (object) => describeSalesforce(client, object),
    peopleByEmail: (object, emails, columns) => people(object, 'Email', emails, columns),
    peopleById: (object, ids, columns) => people(object, 'Id', ids, columns),

    async *changedPeople(object, at) {
      const where = [since('SystemModstamp', at), 'Email != null'];
      for await (const page of queryRows(client, { object, columns: ['Id', 'Email'], where })) {
        yield page.map(({ Email }) => textOf(Email));
      }
    },

    async campaigns(field, keys) {
      const found = await rowsWith(
        { object: 'Campaign', columns: ['Id', field], orderBy: 'CreatedDate' },
        field,
        keys,
      );
      const ids = found.map(({ Id }) => idOf(Id));
      const statuses = Map.groupBy(
        await rowsWith(
          { object: 'CampaignMemberStatus', columns: ['CampaignId', 'Label'] },
          'CampaignId',
          ids,
        ),
        ({ CampaignId }) => idOf(CampaignId),
      );
      return found.map((row): CrmCampaign => {
        const id = idOf(row.Id);
        const labels = (statuses.get(id) ?? []).map(({ Label }) => textOf(Label));
        return { id, key: textOf(row[field]), statuses: labels };
      });
    },

    async members(campaignIds, personIds) {
      const ofKind = (prefix: string) => personIds.filter((id) => id.startsWith(prefix));
      const calls = chunksOf(campaignIds, CAMPAIGNS_AT_ONCE).flatMap((some) => {
        const where = [isOneOf('CampaignId', some)];
        const query = { object: 'CampaignMember', columns: MEMBER_COLUMNS, where };
        return [rowsWith(query, 'ContactId', ofKind('003')), rowsWith(query, 'LeadId', ofKind('00Q'))];
      });
      const found = await Promise.all(calls);
      return found.flat().map((row) => ({
        id: idOf(row.Id),
        campaignId: idOf(row.CampaignId),
        personId: idOf(row.ContactId ?? row.LeadId),
        status: textOf(row.Status),
      }));
    },

    async tasks(personIds, fromDay) {
      const query = {
        object: 'Task',
        columns: ['Id', 'WhoId', 'Description'],
        where: [`ActivityDate >= ${fromDay}`],
      };
      return (await rowsWith(query, 'WhoId', personIds)).map((row) => ({
        id: idOf(row.Id),
        personId: idOf(row.WhoId),
        description: textOf(row.Description),
      }));
    },

    write: (object, writes, externalId) => writerOf(object, externalId).write(writes.map(toRequest)),
  };
}

function toRequest({ id, key = '', payload }: CrmWrite): WriteRequest {
  return id === undefined ? { action: 'create', payload, sourceId: key } : { action: 'update', id, payload };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function idOf(value: JsonValue | undefined): string {
  const id = textOf(value);
  return id.length === 18 ? id : (toLongId(id) ?? id);
}
