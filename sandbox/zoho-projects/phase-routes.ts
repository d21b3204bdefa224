import { z } from 'zod';
import type { Answer } from '../simulator.ts';
import { listing } from './listing.ts';
import { phaseJson } from './record-json.ts';
import { moduleOff, unknownPath } from './refusal.ts';
import { type Call, PROJECT, param, projectOf, type Route, withinProject } from './route.ts';
import { bodyOf } from './time-log-writes.ts';
import { Day, type PhaseRecord } from './work-records.ts';

type Spelling = 'phases' | 'milestones';

/** One client writes `MM-dd-yyyy` where the description says ISO: both are taken. */
const AnyDay = z.union([
  Day,
  z
    .string()
    .regex(/^\d{2}-\d{2}-\d{4}$/)
    .transform((text) => `${text.slice(6)}-${text.slice(0, 5)}`)
    .pipe(Day),
]);

const PhaseValues = z.object({
  name: z.string().min(1),
  start_date: AnyDay,
  end_date: AnyDay,
  flag: z.enum(['internal', 'external']),
  owner_zpuid: z.string(),
});
const PhaseChange = PhaseValues.partial().extend({
  status: z.object({ id: z.enum(['1', '2']) }).optional(),
});

/** Milestones, under each of the two names they go by. */
export const phaseRoutes: readonly Route[] = (['phases', 'milestones'] as const).flatMap(routesOf);

function routesOf(spelling: Spelling): Route[] {
  const at = (route: Omit<Route, 'area'>): Route => ({
    ...route,
    area: 'milestones',
    handle: (call) => {
      admit(call, spelling);
      return route.handle(call);
    },
  });
  const one = `${PROJECT}/${spelling}/:phase`;
  return [
    at({
      method: 'GET',
      path: `${PROJECT}/${spelling}`,
      operation: `${spelling}.list`,
      handle: (call) => listPhases(call, spelling),
    }),
    at({
      method: 'POST',
      path: `${PROJECT}/${spelling}`,
      operation: `${spelling}.create`,
      handle: createPhase,
    }),
    at({
      method: 'GET',
      path: one,
      operation: `${spelling}.get`,
      handle: (call) => ({ status: 200, body: phaseJson(call.portal, phaseOf(call)) }),
    }),
    at({ method: 'PATCH', path: one, operation: `${spelling}.update`, handle: changePhase }),
  ];
}

/** @throws Refusal when this portal calls them otherwise, or has none */
function admit({ portal }: Call, spelling: Spelling): void {
  const { spelling: known, modulesOff } = portal.settings;
  if (known !== 'both' && known !== spelling) throw unknownPath();
  if (modulesOff.includes('phases')) throw moduleOff('Phases');
}

function listPhases(call: Call, spelling: Spelling): Answer {
  const { id } = projectOf(call);
  const phases = call.portal.phases.values().filter(({ projectId }) => projectId === id);
  return listing(call, spelling, [...phases], (phase) => phaseJson(call.portal, phase));
}

function phaseOf(call: Call): PhaseRecord {
  return withinProject(call, call.portal.phase(param(call, 'phase')), 'phase');
}

function createPhase(call: Call): Answer {
  const { portal } = call;
  const { name, start_date, end_date, flag, owner_zpuid } = bodyOf(call, PhaseValues);
  const phase: PhaseRecord = {
    id: portal.freshId(),
    projectId: projectOf(call).id,
    name,
    startDate: start_date,
    endDate: end_date,
    isClosed: false,
    flag,
    ownerId: portal.person(owner_zpuid).zpuid,
    custom: {},
    modifiedMs: portal.now(),
  };
  portal.phases.set(phase.id, phase);
  return { status: 201, body: phaseJson(portal, phase) };
}

function changePhase(call: Call): Answer {
  const { portal } = call;
  const phase = phaseOf(call);
  const { name, start_date, end_date, flag, status } = bodyOf(call, PhaseChange);
  const changed: PhaseRecord = {
    ...phase,
    name: name ?? phase.name,
    startDate: start_date ?? phase.startDate,
    endDate: end_date ?? phase.endDate,
    flag: flag ?? phase.flag,
    isClosed: status === undefined ? phase.isClosed : status.id === '2',
    modifiedMs: portal.now(),
  };
  portal.phases.set(phase.id, changed);
  return { status: 200, body: phaseJson(portal, changed) };
}
