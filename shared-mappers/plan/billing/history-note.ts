import type { LineSource } from '../../model/billing/document.ts';
import type { DocumentPlan } from './document-plan.ts';
import type { FollowUp } from './follow-ups.ts';

/**
 * A note for the history of the document that is about to be written: from what it is billed, and by which recipe. It
 * names no people. Only a write is noted, so that a run with nothing to write says nothing twice.
 */
export function historyNote({ write }: DocumentPlan, title: string, recipe: string): FollowUp[] {
  if (write === undefined) return [];
  const { action, document } = write;
  const verb = action === 'create' ? 'Billed' : 'Brought up to date';
  const from = billedFrom(document.lines.flatMap(({ sources }) => sources));
  const note = `${verb} by Stackbridge, recipe ${recipe}. ${title}: ${from}.`;
  return [{ kind: 'note', documentNumber: document.number, note, words: 'with a note in its history' }];
}

function billedFrom(sources: readonly LineSource[]): string {
  const idsOf = (kind: LineSource['kind']): number =>
    new Set(sources.filter((source) => source.kind === kind).map(({ id }) => id)).size;
  const minutes = sources.reduce((sum, source) => sum + (source.kind === 'time-log' ? source.minutes : 0), 0);
  const logs = idsOf('time-log');
  const expenses = idsOf('expense');
  return [
    ...(logs === 0 ? [] : [`${counted(logs, 'time log')} with ${minutes} minutes`]),
    ...(expenses === 0 ? [] : [counted(expenses, 'expense')]),
    ...(idsOf('milestone') === 0 ? [] : ['an agreed amount']),
  ].join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
