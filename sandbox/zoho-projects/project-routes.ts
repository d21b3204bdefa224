import { z } from 'zod';
import { listing } from './listing.ts';
import { personJson, portalJson, projectJson } from './record-json.ts';
import { PORTAL, PROJECT, projectOf, type Route } from './route.ts';
import { bodyOf } from './time-log-writes.ts';

const ProjectChange = z.object({ name: z.string().min(1).optional() });

/** Portals, their projects and their users. */
export const projectRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v3/portals',
    operation: 'portals.list',
    area: 'portals',
    handle: (call) => listing(call, 'portals', [call.portal], portalJson),
  },
  {
    method: 'GET',
    path: `${PORTAL}/projects`,
    operation: 'projects.list',
    area: 'projects',
    handle: (call) =>
      listing(call, 'projects', [...call.portal.projects.values()], (project) =>
        projectJson(call.portal, project),
      ),
  },
  {
    method: 'GET',
    path: PROJECT,
    operation: 'projects.get',
    area: 'projects',
    handle: (call) => ({ status: 200, body: projectJson(call.portal, projectOf(call)) }),
  },
  {
    method: 'PATCH',
    path: PROJECT,
    operation: 'projects.update',
    area: 'projects',
    handle: (call) => {
      const project = projectOf(call);
      const { name } = bodyOf(call, ProjectChange);
      const changed = { ...project, name: name ?? project.name, modifiedMs: call.portal.now() };
      call.portal.projects.set(project.id, changed);
      return { status: 200, body: projectJson(call.portal, changed) };
    },
  },
  {
    method: 'GET',
    path: `${PORTAL}/users`,
    operation: 'users.list',
    area: 'users',
    handle: (call) => {
      const active = call.portal.people.values().filter(({ isActive }) => isActive);
      return listing(call, 'users', [...active], personJson);
    },
  },
];
