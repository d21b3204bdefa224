import { z } from 'zod';
import { type AdminAction, adminAction } from '../simulator.ts';
import { editItem, editPhase, logOf } from './desk-records.ts';
import type { Portal } from './portal.ts';
import { changedSettings } from './portal-settings.ts';
import type { TimeLogRecord } from './work-records.ts';

const Verdict = z.strictObject({ log: z.string(), reason: z.string().default('') });
const OneMilestone = z.strictObject({ milestone: z.string() });

/** What people do at the portal's screens, `POST /admin/zoho-projects/<name>`. */
export function personActions(portal: Portal): Readonly<Record<string, AdminAction>> {
  return {
    'close-milestone': adminAction(OneMilestone, ({ milestone }) =>
      editPhase(portal, milestone, { closed: true }),
    ),
    'reopen-milestone': adminAction(OneMilestone, ({ milestone }) =>
      editPhase(portal, milestone, { closed: false }),
    ),
    approve: judge(portal, 'Approved'),
    reject: judge(portal, 'Rejected'),
    /** Takes a verdict back. */
    unapprove: judge(portal, 'Pending'),
    'move-log': adminAction(
      z.union([
        z.strictObject({ log: z.string(), task: z.string() }),
        z.strictObject({ log: z.string(), issue: z.string() }),
        /** To the project itself, as general time. */
        z.strictObject({ log: z.string(), project: z.string() }),
      ]),
      (move) => {
        const log = logOf(portal, move.log);
        portal.logs.put({ ...log, ...placeOf(portal, move), modifiedMs: portal.now() });
      },
    ),
    'move-task': adminAction(
      z.strictObject({ task: z.string(), milestone: z.string().nullable() }),
      ({ task, milestone }) => editItem(portal, task, { milestone }),
    ),
    /** Others have used up every path pattern for that long. */
    lock: adminAction(z.strictObject({ minutes: z.number().min(0).default(30) }), ({ minutes }) =>
      portal.throttle.lock(minutes),
    ),
    settings: adminAction(z.record(z.string(), z.unknown()), (change) => {
      portal.settings = changedSettings(portal.settings, change);
      return portal.settings;
    }),
  };
}

function judge(portal: Portal, approval: TimeLogRecord['approval']): AdminAction {
  return adminAction(Verdict, ({ log, reason }) =>
    portal.logs.put({ ...logOf(portal, log), approval, reason, modifiedMs: portal.now() }),
  );
}

function placeOf(
  portal: Portal,
  move: { task: string } | { issue: string } | { project: string },
): Pick<TimeLogRecord, 'projectId' | 'itemId' | 'module' | 'logName'> {
  if ('project' in move) {
    const { id } = portal.project(move.project);
    return { projectId: id, itemId: null, module: 'general', logName: 'General' };
  }
  const item = portal.item('task' in move ? move.task : move.issue);
  return { projectId: item.projectId, itemId: item.id, module: item.kind, logName: '' };
}
