import type { AuditEntry } from '@stackbridge/shared-mappers/model/audit.ts';
import type { Parked } from '@stackbridge/shared-mappers/model/parked.ts';
import type { PlannedRun } from '@stackbridge/shared-mappers/sync/plan-run.ts';
import type { RecipeRun } from '../commands/recipe-run.ts';
import { printBrakes, printPlanTotals } from '../show/plan-preview.ts';
import { reasonInWords } from '../show/reason.ts';
import { table } from '../show/table.ts';
import type { Terminal } from '../show/terminal.ts';
import { count, counted, displayName, duration, shownValue, systemOf } from '../show/words.ts';
import type { Seeded } from './admin-client.ts';
import type { DecidedConflict } from './decide-one.ts';
import { happeningInWords, messInWords } from './in-words.ts';
import type { DemoResult } from './run-demo.ts';

export function heading(text: string, terminal: Terminal): void {
  const { paint } = terminal;
  terminal.print();
  terminal.print(paint.bold(paint.cyan(text)));
}

function numbered(
  counts: Readonly<Record<string, number>>,
  words: (kind: string) => string,
  terminal: Terminal,
): void {
  const rows = Object.entries(counts)
    .filter(([, n]) => n > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, n]) => [count(n), words(kind)]);
  terminal.print(table([{ align: 'right' }, {}], rows));
}

export function tellChaos({ salesforce, mailchimp, matched, mess }: Seeded, terminal: Terminal): void {
  const members = Object.values(mailchimp).reduce((sum, n) => sum + n, 0);
  heading('Two systems that have never met', terminal);
  terminal.print(
    `Salesforce has ${counted(salesforce.contacts, 'contact')} and ${counted(salesforce.leads, 'lead')}, ` +
      `Mailchimp ${counted(members, 'member')} in two audiences. ` +
      `${count(matched.contacts + matched.leads)} people are in both, as far as their addresses tell.`,
  );
  terminal.print('As in real systems, much is amiss:');
  numbered(mess, messInWords, terminal);
}

/** The totals and the brakes, as `stackbridge plan` shows them. */
export function tellPreview(plans: readonly PlannedRun[], terminal: Terminal): void {
  heading('The preview: what a sync would do', terminal);
  for (const planned of plans) {
    printPlanTotals(planned, terminal);
    printBrakes(planned, terminal);
  }
  terminal.print(
    'Nothing is written yet. Two systems that have never met disagree in more places than a day of work would ' +
      'change, which a brake is there to ask about: the demo answers with --allow overwrites.',
  );
}

export function tellSync(title: string, runs: readonly RecipeRun[], terminal: Terminal): void {
  const { paint } = terminal;
  heading(title, terminal);
  const rows = runs.map(({ summary }) => {
    const { counts, writes, calls, startedAt, finishedAt } = summary;
    return [
      paint.bold(summary.recipe),
      count(counts.applied),
      count(counts.unchanged),
      count(counts.excluded),
      count(counts.conflicts),
      count(counts.failed),
      count(writes.salesforce ?? 0),
      count(writes.mailchimp ?? 0),
      count((calls.salesforce ?? 0) + (calls.mailchimp ?? 0)),
      duration(finishedAt - startedAt),
    ];
  });
  const titles = ['', 'applied', 'unchanged', 'left out', 'conflicts', 'failed'];
  const costs = ['Salesforce writes', 'Mailchimp writes', 'calls', 'took'];
  terminal.print(
    table(
      [...titles, ...costs].map((title, at) => ({ title, align: at === 0 ? 'left' : 'right' })),
      rows,
      paint.dim,
    ),
  );
}

export function tellDay(happenings: Readonly<Record<string, number>>, terminal: Terminal): void {
  heading('A day goes by, and people work on both sides', terminal);
  numbered(happenings, happeningInWords, terminal);
}

const EXAMPLES_OF = ['policy:newest', 'policy:left', 'policy:union', 'opt-out', 'enforced'];

/** How the day's disagreements were settled, with an example of each way, and what is left for people. */
export function tellDecisions(
  written: readonly AuditEntry[],
  parked: readonly Parked[],
  terminal: Terminal,
): void {
  const { paint } = terminal;
  const byReason = Map.groupBy(written, (entry) => entry.reason);
  heading('What was decided', terminal);
  numbered(
    Object.fromEntries([...byReason].map(([reason, entries]) => [reason, entries.length])),
    (reason) => `values: ${reasonInWords(reason)}`,
    terminal,
  );
  const examples = EXAMPLES_OF.flatMap((reason) => {
    const entry = byReason.get(reason)?.find(({ before }) => before !== undefined);
    return entry === undefined ? [] : [entry];
  });
  if (examples.length > 0) {
    terminal.print('For example:');
    terminal.print(
      table(
        [{ title: 'in' }, { title: 'field' }, { title: 'before' }, { title: 'after' }, { title: 'because' }],
        examples.map((entry) => [
          displayName(systemOf(entry.side)),
          entry.field,
          shownValue(entry.before),
          shownValue(entry.after),
          reasonInWords(entry.reason),
        ]),
        paint.dim,
      ),
    );
    terminal.print(
      `Every value that lost is kept and can be put back: ${paint.dim('stackbridge history undo ENTRY')}`,
    );
  }
  const waiting = parked.filter(({ kind }) => kind !== 'terminal');
  if (waiting.length === 0) return;
  terminal.print('Left for people, with everything else about them in step:');
  const rows = [...Map.groupBy(waiting, ({ code }) => code)].map(([code, rows]) => [
    count(rows.length),
    code,
    rows[0]?.message ?? '',
    paint.dim(rows[0]?.next ?? ''),
  ]);
  terminal.print(
    table(
      [{ align: 'right', title: '' }, { title: 'code' }, { title: 'such as' }, { title: 'what to do' }],
      rows,
      paint.dim,
    ),
  );
}

export function tellDecision(decided: DecidedConflict | undefined, terminal: Terminal): void {
  if (decided === undefined) return;
  const { row, values } = decided;
  const what = values
    .map(({ field, value }) => `${field} is ${shownValue(value)} on both sides now`)
    .join('; ');
  terminal.print(
    `One is decided at once, as a person would: ${terminal.paint.bold(`stackbridge conflicts resolve ${row.subject} --keep salesforce`)}`,
  );
  terminal.print(`  ${what || `${row.fields.join(', ')} was equal by then`}`);
}

export function tellIdle(runs: readonly RecipeRun[], terminal: Terminal): void {
  tellSync('Each recipe once more', runs, terminal);
  const writes = runs.flatMap(({ summary }) => Object.values(summary.writes));
  const total = writes.reduce((sum, n) => sum + n, 0);
  terminal.print(
    total === 0 ? 'Nothing to write, anywhere.' : `${counted(total, 'write')}: there should be none.`,
  );
}

export function tellComparison(result: Omit<DemoResult, 'billing'>, terminal: Terminal): void {
  const { comparisons, wholeReads, conflicts, failures, equal } = result;
  const { paint } = terminal;
  heading('Both systems side by side', terminal);
  for (const { recipe, pairs, values, parked, gone, differences } of comparisons) {
    const waits = [
      parked === 0 ? '' : `, ${counted(parked, 'field')} waiting for a person`,
      gone === 0 ? '' : `, ${counted(gone, 'member')} deleted for good since`,
    ].join('');
    const verdict =
      differences.length === 0 ? paint.green('equal') : paint.red(counted(differences.length, 'difference'));
    terminal.print(
      `  ${paint.bold(recipe)}: ${counted(pairs, 'pair')}, ${counted(values, 'value')} compared${waits}: ${verdict}`,
    );
    for (const { left, right, field } of differences.slice(0, 10))
      terminal.print(paint.red(`    ${left} ↔ ${right}  ${field}`));
  }
  const people = wholeReads.reduce((sum, read) => sum + read.people, 0);
  const unfinished = wholeReads.reduce((sum, read) => sum + read.unfinished, 0);
  terminal.print(
    `  Everything read whole once more: ${counted(people, 'person', 'people')}, ` +
      (unfinished === 0 ? 'nobody forgotten.' : paint.red(`${count(unfinished)} forgotten.`)),
  );
  terminal.print(
    `  ${counted(conflicts.length, 'conflict')} and ${counted(failures.length, 'failure')} are listed for people to settle.`,
  );
  terminal.print();
  terminal.print(
    equal ? paint.green(paint.bold('Both systems are equal under the recipes.')) : paint.red('They differ.'),
  );
}
