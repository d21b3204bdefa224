import { z } from 'zod';
import type { Answer } from '../simulator.ts';
import { listing } from './listing.ts';
import { itemJson } from './record-json.ts';
import { moduleOff } from './refusal.ts';
import { type Call, PROJECT, param, projectOf, type Route, withinProject } from './route.ts';
import { bodyOf } from './time-log-writes.ts';
import type { WorkItemRecord } from './work-records.ts';

const ItemChange = z.object({
  name: z.string().min(1).optional(),
  milestone: z.object({ id: z.string() }).optional(),
});

/** Tasks and issues of a project. */
export const itemRoutes: readonly Route[] = [...routesOf('task'), ...routesOf('issue')];

function routesOf(kind: WorkItemRecord['kind']): Route[] {
  const key = kind === 'task' ? 'tasks' : 'issues';
  const area = kind === 'task' ? 'tasks' : 'bugs';
  const one = `${PROJECT}/${key}/:item`;
  return [
    {
      method: 'GET',
      path: `${PROJECT}/${key}`,
      operation: `${key}.list`,
      area,
      handle: (call) => {
        admit(call, kind);
        const items = call.portal.itemsOfProject(projectOf(call).id, kind);
        return listing(call, key, items, (item) => itemJson(call.portal, item));
      },
    },
    {
      method: 'GET',
      path: one,
      operation: `${key}.get`,
      area,
      handle: (call) => ({ status: 200, body: itemJson(call.portal, itemOf(call, kind)) }),
    },
    {
      method: 'PATCH',
      path: one,
      operation: `${key}.update`,
      area,
      handle: (call) => changeItem(call, kind),
    },
  ];
}

function admit({ portal }: Call, kind: WorkItemRecord['kind']): void {
  if (kind === 'issue' && portal.settings.modulesOff.includes('issues')) throw moduleOff('Issue Tracker');
}

function itemOf(call: Call, kind: WorkItemRecord['kind']): WorkItemRecord {
  admit(call, kind);
  return withinProject(call, call.portal.item(param(call, 'item')), kind);
}

function changeItem(call: Call, kind: WorkItemRecord['kind']): Answer {
  const { portal } = call;
  const item = itemOf(call, kind);
  const { name, milestone } = bodyOf(call, ItemChange);
  const changed: WorkItemRecord = {
    ...item,
    name: name ?? item.name,
    phaseId: milestone === undefined ? item.phaseId : portal.phase(milestone.id).id,
    modifiedMs: portal.now(),
  };
  portal.putItem(changed);
  return { status: 200, body: itemJson(portal, changed) };
}
