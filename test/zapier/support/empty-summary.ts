import type { RunSummary } from '@stackbridge/shared-mappers/model/run-summary.ts';

/** A Zap counts nothing: it has no run that would begin and end. */
export const EMPTY_SUMMARY: RunSummary = {
  runId: '',
  recipe: '',
  startedAt: 0,
  finishedAt: 0,
  counts: { applied: 0, unchanged: 0, excluded: 0, conflicts: 0, failed: 0 },
  excluded: {},
  writes: {},
  calls: {},
};
