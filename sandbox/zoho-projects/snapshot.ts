import { z } from 'zod';
import type { Portal } from './portal.ts';
import { PortalSettings } from './portal-settings.ts';
import { PersonRecord, PhaseRecord, ProjectRecord, TimeLogRecord, WorkItemRecord } from './work-records.ts';

const PortalData = z.object({
  settings: PortalSettings,
  people: z.array(PersonRecord),
  projects: z.array(ProjectRecord),
  phases: z.array(PhaseRecord),
  items: z.array(WorkItemRecord),
  logs: z.array(TimeLogRecord),
  nextSerial: z.number(),
});

/** The portal as JSON data. How often it was called lately is not part of it. */
export function takeSnapshot(portal: Portal): z.infer<typeof PortalData> {
  return structuredClone({
    settings: portal.settings,
    people: [...portal.people.values()],
    projects: [...portal.projects.values()],
    phases: [...portal.phases.values()],
    items: [...portal.items.values()],
    logs: [...portal.logs.all()],
    nextSerial: portal.nextSerial,
  });
}

/** @throws ZodError when it is no snapshot of a portal */
export function restoreSnapshot(portal: Portal, snapshot: unknown): void {
  const data = PortalData.parse(snapshot);
  portal.clear();
  portal.settings = data.settings;
  for (const person of data.people) portal.people.set(person.zpuid, person);
  for (const project of data.projects) portal.projects.set(project.id, project);
  for (const phase of data.phases) portal.phases.set(phase.id, phase);
  for (const item of data.items) portal.putItem(item);
  for (const log of data.logs) portal.logs.put(log);
  portal.nextSerial = data.nextSerial;
}
