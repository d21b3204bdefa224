import type { Portal } from './portal.ts';

/**
 * Whoever leaves is listed no more; their time stays in their name.
 * @returns whether there was such a user; the other removals likewise
 */
export function deactivatePerson(portal: Portal, id: string): boolean {
  const person = portal.people.get(id);
  if (person === undefined) return false;
  portal.people.set(id, { ...person, isActive: false });
  return true;
}

/** With all its milestones, work and time. */
export function removeProject(portal: Portal, id: string): boolean {
  for (const log of portal.logs.all()) if (log.projectId === id) portal.logs.remove(log.id);
  for (const item of portal.items.values()) if (item.projectId === id) portal.removeItem(item.id);
  for (const phase of portal.phases.values()) if (phase.projectId === id) portal.phases.delete(phase.id);
  return portal.projects.delete(id);
}

/** Its tasks stay, without a milestone. */
export function removePhase(portal: Portal, id: string): boolean {
  for (const itemId of [...portal.itemsOfPhase(id)]) {
    portal.putItem({ ...portal.item(itemId), phaseId: null, modifiedMs: portal.now() });
  }
  return portal.phases.delete(id);
}

/** With the time spent on it. */
export function removeItem(portal: Portal, id: string): boolean {
  if (!portal.items.has(id)) return false;
  for (const log of portal.logs.all()) if (log.itemId === id) portal.logs.remove(log.id);
  portal.removeItem(id);
  return true;
}
