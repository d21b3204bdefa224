/** What a row of the table has to keep to. */
export interface Yardstick {
  /** Stable name, for `--only` and for programs. */
  readonly id: string;
  /** What is measured, for people. */
  readonly what: string;
  readonly unit: 'calls' | 'records/s' | 'pairs/s' | 'times' | 's' | 'MB';
  /** What no implementation could go below: the records divided by the most that one call carries. */
  readonly floor?: number;
  /** Absent: only shown. */
  readonly target?: number;
  /** Which side of the target is good. Default `at most`. */
  readonly good?: 'at most' | 'at least';
}

/** A yardstick held against one measured value. */
export interface Measurement extends Yardstick {
  readonly value: number;
  /** Of several rounds, where there are some; `value` is their median. */
  readonly min?: number;
  readonly max?: number;
  readonly ok: boolean;
}

export function measured(
  yardstick: Yardstick,
  value: number,
  spread: { readonly min?: number; readonly max?: number } = {},
): Measurement {
  const { target, good = 'at most' } = yardstick;
  const ok = target === undefined || (good === 'at most' ? value <= target : value >= target);
  return { ...yardstick, value, ...spread, ok };
}
