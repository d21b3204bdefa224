import type { DatabaseSync } from 'node:sqlite';
import { type DeliveredEvent, EVENT_KINDS } from '@stackbridge/shared-mappers/model/activity.ts';
import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import { integer, type Row, text, word } from './row.ts';

/** Which campaign events stand in the CRM. */
export interface ActivityEvents {
  put(recipe: string, event: DeliveredEvent): void;
  ofRecords(recipe: string, recordIds: readonly string[]): DeliveredEvent[];
  recordsBetween(recipe: string, from: Instant, until: Instant, after: string, limit: number): string[];
  count(recipe: string): number;
  prune(recipe: string, before: Instant): void;
}

const KINDS: readonly DeliveredEvent['kind'][] = [...EVENT_KINDS, 'follow-up'];

export function activityEventTable(database: DatabaseSync): ActivityEvents {
  const put = database.prepare(`
    INSERT OR REPLACE INTO activity_events (recipe, record_id, key, kind, campaign_id, machine, at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const ofRecords = database.prepare(`
    SELECT activity_events.* FROM json_each(?) AS wanted CROSS JOIN activity_events
    WHERE activity_events.recipe = ? AND activity_events.record_id = wanted.value`);
  const recordsBetween = database.prepare(`
    SELECT DISTINCT record_id FROM activity_events
    WHERE recipe = ? AND at > ? AND at <= ? AND record_id > ? AND kind <> 'follow-up'
    ORDER BY record_id LIMIT ?`);
  const count = database.prepare('SELECT count(*) AS n FROM activity_events WHERE recipe = ?');
  const prune = database.prepare(
    `DELETE FROM activity_events WHERE recipe = ? AND at < ? AND kind <> 'follow-up'`,
  );
  return {
    put(recipe, { key, kind, campaignId, recordId, machine, at }) {
      put.run(recipe, recordId, key, kind, campaignId, machine ? 1 : 0, at);
    },
    ofRecords: (recipe, recordIds) =>
      ofRecords.all(JSON.stringify([...new Set(recordIds)]), recipe).map(toEvent),
    recordsBetween: (recipe, from, until, after, limit) =>
      recordsBetween.all(recipe, from, until, after, limit).map((row) => text(row, 'record_id')),
    count(recipe) {
      const row = count.get(recipe);
      return row === undefined ? 0 : integer(row, 'n');
    },
    prune(recipe, before) {
      prune.run(recipe, before);
    },
  };
}

function toEvent(row: Row): DeliveredEvent {
  return {
    key: text(row, 'key'),
    kind: word(row, 'kind', KINDS),
    campaignId: text(row, 'campaign_id'),
    recordId: text(row, 'record_id'),
    machine: integer(row, 'machine') === 1,
    at: integer(row, 'at'),
  };
}
