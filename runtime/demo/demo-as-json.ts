import { parkedAsJson } from '../show/parked-table.ts';
import type { DemoResult } from './run-demo.ts';

/** `runs`: one per contact recipe, then each again; `billing.runs`: first, and again. */
export function demoAsJson(result: DemoResult): object {
  const { runs, dayRuns, comparisons, wholeReads, conflicts, failures, equal, billing } = result;
  return {
    runs: runs.map(({ document }) => document),
    equal,
    dayRuns: dayRuns.map(({ document }) => document),
    comparisons,
    wholeReads,
    conflicts: conflicts.map(parkedAsJson),
    failures: failures.map(parkedAsJson),
    billing: {
      runs: billing.runs.map(({ document }) => document),
      invoices: billing.invoices,
      toTheCent: billing.toTheCent,
    },
  };
}
