import { addItem, addLog, addPhase, addProject } from '../zoho-projects/desk-records.ts';
import type { Portal } from '../zoho-projects/portal.ts';
import { dayBefore } from './calendar.ts';
import type { ProjectDraft, SeededProject } from './seed-project.ts';

/** How far back the work goes: within one listing's six months. */
const SPAN_DAYS = 140;
/** No short decimal among the first: 2:20 is 2.3333 hours. */
const FIRST_MINUTES = 140;

/** Milestones alike but for their minutes: closed, with one billable, approved log on each of their tasks. */
export function seedExactProject(
  portal: Portal,
  { name, customer, people, amounts }: ProjectDraft,
): SeededProject {
  const [owner = ''] = people;
  const id = addProject(portal, {
    name,
    owner,
    client: { id: portal.freshId(), name: customer },
    group: 'Consulting',
    currency: 'AUD',
    start_date: dayBefore(portal.now(), SPAN_DAYS),
    end_date: undefined,
    custom: {},
  });
  const milestones: string[] = [];
  for (let at = 0; at < amounts.milestones; at++) {
    const day = dayBefore(portal.now(), SPAN_DAYS - Math.floor((at * SPAN_DAYS) / amounts.milestones));
    const phase = addPhase(portal, {
      project: id,
      name: `Milestone ${String(at + 1).padStart(4, '0')}`,
      start_date: day,
      end_date: day,
      owner,
      flag: 'external',
      closed: true,
      custom: {},
    });
    milestones.push(phase);
    for (let n = 0; n < amounts.logs; n++) {
      const task = addItem(portal, 'task', {
        project: id,
        milestone: phase,
        name: `Task ${n + 1}`,
        tasklist: 'General',
        owner,
        closed: true,
        custom: {},
      });
      addLog(portal, {
        task,
        date: day,
        hours: FIRST_MINUTES + ((at + 7 * n) % 60),
        bill_status: true,
        notes: '',
        log_name: '',
        owner: people[n % people.length],
        approval: 'Approved',
      });
    }
  }
  return { id, milestones, closed: milestones };
}
