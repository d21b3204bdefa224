import { z } from 'zod';

/**
 * How this portal answers. No description of the API covers all of what clients have met, so each oddity can be
 * had; the defaults are what was seen most.
 */
export const PortalSettings = z.strictObject({
  /** Which name milestones go by. Default `phases`; the other then answers as an unknown path. */
  spelling: z.enum(['phases', 'milestones', 'both']).default('phases'),
  /** A milestone's status as `{id, name, is_closed_type}`, or as `{statusId, statusName, closed}`. */
  status: z.enum(['named', 'prefixed']).default('named'),
  /** Listings that come without anything around them. */
  bareLists: z.array(z.enum(['portals', 'projects', 'users'])).default(['portals']),
  /** What a listing without rows answers. `zero-bytes`: 200 and no body. */
  emptyLists: z.enum(['204', 'zero-bytes', 'wrapped']).default('204'),
  /** `mixed`: an array on milestones, text on projects, numbers elsewhere. */
  pageInfo: z.enum(['mixed', 'numbers', 'texts', 'array', 'absent']).default('mixed'),
  /** Where `has_next_page` is always true. */
  endless: z.enum(['portal-time-logs', 'all-time-logs', 'nowhere']).default('portal-time-logs'),
  /** What stands past the last page of an endless listing. */
  pastTheEnd: z.enum(['last-page-again', 'nothing']).default('last-page-again'),
  /** Whether a day that continues on the next page brings its last log along. */
  repeatsAcrossPages: z.boolean().default(true),
  /** Rows a page holds at most, however many are asked for. */
  maxPerPage: z.int().min(1).default(200),
  /** Ids as JSON numbers past 2^53, as the old API has them. */
  ids: z.enum(['texts', 'numbers']).default('texts'),
  /** `status_code` as text or number, `details` as array or object. */
  errors: z.enum(['texts', 'numbers']).default('texts'),
  /** Whether refusals come with HTTP 200. */
  errorsAs200: z.boolean().default(false),
  /** HTTP status of a bad token. */
  badToken: z.union([z.literal(400), z.literal(401)]).default(400),
  /** Where a log's words are. */
  notesKey: z.enum(['notes', 'log_notes']).default('notes'),
  /** `auto`: logs are approved as they are entered; `off`: the portal has no approval, its logs no such key. */
  approval: z.enum(['needed', 'auto', 'off']).default('needed'),
  /** Modules that an administrator has turned off. */
  modulesOff: z.array(z.enum(['phases', 'issues', 'timesheets'])).default([]),
  /** Calls per two minutes and path pattern, and what happens past them. */
  throttle: z
    .strictObject({
      /** Default 100 as met in the field; documented are 200. */
      calls: z.int().min(1).default(100),
      lockMinutes: z.int().min(1).default(30),
      status: z.union([z.literal(400), z.literal(429)]).default(400),
      /** Whether a `Retry-After` header says so, too. */
      retryAfter: z.boolean().default(false),
    })
    .prefault({}),
});
export type PortalSettings = z.infer<typeof PortalSettings>;

/** The settings with some of them changed. @throws ZodError on what is no setting */
export function changedSettings(
  settings: PortalSettings,
  change: Readonly<Record<string, unknown>>,
): PortalSettings {
  const throttle = { ...settings.throttle, ...Object(change.throttle) };
  return PortalSettings.parse({ ...settings, ...change, throttle });
}
