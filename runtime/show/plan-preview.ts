import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import { BRAKES } from '@stackbridge/shared-mappers/plan/brakes.ts';
import type { FieldChange, Operation } from '@stackbridge/shared-mappers/plan/operation.ts';
import type { SubjectPlan } from '@stackbridge/shared-mappers/plan/subject-plan.ts';
import type { PlannedRun } from '@stackbridge/shared-mappers/sync/plan-run.ts';
import { reasonInWords } from './reason.ts';
import { table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { count, counted, displayName, shownValue, systemOf } from './words.ts';

/** What a plan comes to, in a few lines: writes, conflicts, failures, what is left out and why, brakes. */
export function printPlanTotals(planned: PlannedRun, terminal: Terminal): void {
  const { paint } = terminal;
  const { tally, job } = planned.desk;
  const { creates, updates, renames, optOuts, archives, restores } = tally.planned;
  const kinds: readonly (readonly [n: number, one: string, many: string])[] = [
    [creates, 'record to create', 'records to create'],
    [updates, 'record to update', 'records to update'],
    [renames, 'member to rename (the address moves)', 'members to rename (the address moves)'],
    [optOuts, 'opt-out to carry across', 'opt-outs to carry across'],
    [restores, 'member to bring back', 'members to bring back'],
    [archives, 'member to archive', 'members to archive'],
    [
      tally.overwrites,
      'person of whom a value would be replaced',
      'people of whom a value would be replaced',
    ],
    [tally.conflicts, 'conflict for a person to decide', 'conflicts for a person to decide'],
    [tally.failed, 'record that cannot be written as it is', 'records that cannot be written as they are'],
    [tally.unchanged, 'person already equal', 'people already equal'],
  ];
  terminal.print(`${paint.bold(job.recipe)}: ${whatWasRead(planned)}`);
  const rows = kinds.filter(([n]) => n > 0).map(([n, one, many]) => [count(n), n === 1 ? one : many]);
  if (rows.length === 0) terminal.print('  nothing to do');
  else terminal.print(table([{ align: 'right' }, {}], rows));
}

function whatWasRead({ readsEverything, watermarks }: PlannedRun): string {
  if (readsEverything) return 'everything read on both sides';
  return watermarks.length === 0 ? 'the people named' : 'what changed since the last run';
}

/** Who is left out, and why. */
export function printExcluded(excluded: Iterable<readonly [string, number]>, terminal: Terminal): void {
  const rows = [...excluded].map(([reason, n]) => [count(n), terminal.paint.dim(`left out: ${reason}`)]);
  if (rows.length > 0) terminal.print(table([{ align: 'right' }, {}], rows));
}

/** What a person should know before the plan is carried out. */
export function warningsOf(planned: PlannedRun, notes: readonly string[]): string[] {
  const { tally } = planned.desk;
  const warnings = [...notes];
  if (tally.planned.creates > 0 && planned.desk.job.options.create.right) {
    warnings.push(
      'Mailchimp may start automations such as welcome mails for members that the API adds; it has no way to ' +
        'create a member without them. Pause those automations before a first sync',
    );
  }
  return warnings;
}

export function printWarnings(warnings: readonly string[], terminal: Terminal): void {
  for (const warning of warnings) terminal.note(`${terminal.paintNote.yellow('note')}  ${warning}`);
}

export function printBrakes(planned: Pick<PlannedRun, 'brakes'>, terminal: Terminal): void {
  const { paint } = terminal;
  for (const { name, code, message } of planned.brakes) {
    terminal.print(`${paint.red('brake')}  ${paint.bold(code)}  ${message}`);
    terminal.print(`       to let it through: ${paint.bold(`--allow ${name}`)}`);
  }
  if (planned.brakes.length > 1) {
    const all = BRAKES.filter((name) => planned.brakes.some((brake) => brake.name === name));
    terminal.print(`       all of them: ${paint.bold(`--allow ${all.join(',')}`)}`);
  }
}

/** One subject of a plan: each operation with its fields, then what a person has to settle. */
export function printSubject(plan: SubjectPlan, terminal: Terminal): void {
  for (const operation of plan.operations) printOperation(operation, plan, terminal);
  for (const issue of plan.issues) {
    const { paint } = terminal;
    terminal.print(`${LABELS[issue.kind](paint)}  ${nameOf(plan)}  ${paint.bold(issue.code)}`);
    terminal.print(`    ${issue.message}`);
  }
}

const LABELS: Readonly<Record<Parked['kind'], (paint: Terminal['paint']) => string>> = {
  conflict: (paint) => paint.yellow('conflict'),
  failure: (paint) => paint.red('failure '),
  terminal: (paint) => paint.dim('final   '),
};

function printOperation(operation: Operation, plan: SubjectPlan, terminal: Terminal): void {
  const { paint } = terminal;
  const target = operation.recordId ?? 'new';
  const email = operation.email ?? '';
  const system = displayName(systemOf(operation.side));
  terminal.print(
    `${paint.cyan(operation.action.padEnd(9))} ${system}  ${paint.bold(email === '' ? nameOf(plan) : email)}  ${paint.dim(target)}`,
  );
  if (operation.changes.length === 0) return;
  const rows = operation.changes
    .filter((change) => change.to !== '' || change.from !== '')
    .map((change) => rowOf(change, operation));
  terminal.print(
    table([{ title: 'field' }, { title: 'before' }, { title: 'after' }, { title: 'why' }], rows, paint.dim),
  );
}

function rowOf(change: FieldChange, operation: Operation): string[] {
  const before = operation.action === 'create' ? '' : shownValue(change.from);
  return [change.name, before, shownValue(change.to), reasonInWords(change.reason)];
}

function nameOf({ subject }: SubjectPlan): string {
  return [subject.leftId, subject.rightId].filter((id) => id !== undefined).join(' ↔ ') || subject.key;
}

/** What was left out of a preview. */
export function printMore(shown: number, total: number, terminal: Terminal): void {
  if (total > shown) {
    terminal.print(
      terminal.paint.dim(
        `… and ${counted(total - shown, 'more person', 'more people')}: --limit N, --all or --json`,
      ),
    );
  }
}
