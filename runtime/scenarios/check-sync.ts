import { type Difference, differences } from './difference.ts';
import type { SyncExpectation } from './expectation.ts';
import type { SyncOutcome } from './host.ts';

type Ended = Extract<SyncOutcome, { kind: 'ended' }>;

/** Several recipes that ran in turn, summed up: counts add up, the first that stopped tells why. */
export function together(outcomes: readonly Ended[]): Ended | undefined {
  return outcomes.reduce<Ended | undefined>(
    (sum, next) => (sum === undefined ? next : plus(sum, next)),
    undefined,
  );
}

function plus(one: Ended, other: Ended): Ended {
  const stopped = one.summary.stoppedBy === undefined ? other : one;
  const { stoppedBy } = stopped.summary;
  return {
    ...stopped,
    exit: Math.max(one.exit, other.exit),
    summary: {
      counts: {
        applied: one.summary.counts.applied + other.summary.counts.applied,
        unchanged: one.summary.counts.unchanged + other.summary.counts.unchanged,
        excluded: one.summary.counts.excluded + other.summary.counts.excluded,
        conflicts: one.summary.counts.conflicts + other.summary.counts.conflicts,
        failed: one.summary.counts.failed + other.summary.counts.failed,
      },
      writes: added(one.summary.writes, other.summary.writes),
      calls: added(one.summary.calls, other.summary.calls),
      excluded: added(one.summary.excluded, other.summary.excluded),
      ...(stoppedBy === undefined ? {} : { stoppedBy }),
    },
    brakes: [...one.brakes, ...other.brakes],
    warnings: [...one.warnings, ...other.warnings],
    missed: [...one.missed, ...other.missed],
  };
}

export function added(
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum: Record<string, number> = { ...one };
  for (const [key, n] of Object.entries(other)) sum[key] = (sum[key] ?? 0) + n;
  return sum;
}

/** How a sync ended, against what a scenario expects of it. Where it expects nothing, the sync has to run to its end. */
export function checkSync(expected: SyncExpectation, actual: Ended, tookMs: number): Difference[] {
  const { summary } = actual;
  const found: Difference[] = [];
  const mayStop = expected.exit !== undefined || (expected.brakes ?? []).length > 0;
  if (expected.stoppedBy !== undefined || !mayStop) {
    const said =
      summary.stoppedBy === undefined ? undefined : `${summary.stoppedBy}: ${actual.message ?? ''}`;
    if (summary.stoppedBy !== expected.stoppedBy)
      found.push({ of: 'stoppedBy', expected: expected.stoppedBy, actual: said });
  }
  if (expected.exit !== undefined) found.push(...differences('exit', expected.exit, actual.exit));
  if (expected.brakes !== undefined) found.push(...differences('brakes', expected.brakes, actual.brakes));
  found.push(...zeroes('counts', expected.counts, { ...summary.counts }));
  found.push(...zeroes('writes', expected.writes, summary.writes));
  found.push(...tooMany(expected.callsAtMost, summary.calls));
  if (
    expected.excluded !== undefined &&
    JSON.stringify(sorted(expected.excluded)) !== JSON.stringify(sorted(summary.excluded))
  )
    found.push({ of: 'excluded', expected: expected.excluded, actual: summary.excluded });
  for (const part of expected.warnings ?? []) {
    if (!actual.warnings.some((warning) => warning.includes(part)))
      found.push({ of: 'warnings', expected: part, actual: actual.warnings });
  }
  const { takesAtLeast, takesAtMost } = expected;
  if (takesAtLeast !== undefined && tookMs < takesAtLeast)
    found.push({ of: 'takesAtLeast', expected: `${takesAtLeast} ms`, actual: `${tookMs} ms` });
  if (takesAtMost !== undefined && tookMs > takesAtMost)
    found.push({ of: 'takesAtMost', expected: `${takesAtMost} ms`, actual: `${tookMs} ms` });
  for (const { at, of, when } of actual.missed)
    found.push({
      of: 'meanwhile',
      expected: `${when} operation ${at} of kind ${of}`,
      actual: 'the sync had fewer',
    });
  return found;
}

/** @param most by system */
export function tooMany(
  most: Readonly<Record<string, number | undefined>> | undefined,
  calls: Readonly<Record<string, number>>,
): Difference[] {
  return Object.entries(most ?? {}).flatMap(([system, limit]) => {
    const actual = calls[system] ?? 0;
    return limit === undefined || actual <= limit
      ? []
      : [{ of: `calls of ${system}, at most`, expected: limit, actual }];
  });
}

function zeroes(
  of: string,
  expected: Readonly<Record<string, number | undefined>> | undefined,
  actual: Readonly<Record<string, number>>,
): Difference[] {
  return Object.entries(expected ?? {}).flatMap(([key, n]) =>
    n === undefined ? [] : differences(`${of}.${key}`, n, actual[key] ?? 0),
  );
}

function sorted(record: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
