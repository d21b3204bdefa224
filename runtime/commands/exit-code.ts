import { ERROR_CODES, type ErrorClass, type ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';

/** How the command ends, for scripts. */
export const EXIT = {
  done: 0,
  /** Some records failed, or wait for a person's decision. */
  someLeft: 1,
  /** Wrong usage or recipe. */
  wrongUse: 2,
  brake: 3,
  signIn: 4,
  /** Gave up waiting: for a system, a quota, another run, the disk. */
  gaveUp: 5,
  bug: 70,
  /** Stopped by Ctrl-C, as shells report it. */
  stopped: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_CLASS: Readonly<Record<ErrorClass, ExitCode>> = {
  InvalidRecipe: EXIT.wrongUse,
  Reconnect: EXIT.signIn,
  Throttled: EXIT.gaveUp,
  Transient: EXIT.gaveUp,
  Rejected: EXIT.someLeft,
  Conflict: EXIT.someLeft,
  Brake: EXIT.brake,
  Bug: EXIT.bug,
};

export function exitCodeOf(code: ErrorCode): ExitCode {
  return code === 'STOPPED' ? EXIT.stopped : BY_CLASS[ERROR_CODES[code].class];
}

const GRAVEST_FIRST: readonly ExitCode[] = [
  EXIT.bug,
  EXIT.stopped,
  EXIT.signIn,
  EXIT.wrongUse,
  EXIT.brake,
  EXIT.gaveUp,
  EXIT.someLeft,
];

/** What several runs in one command come to. */
export function gravest(codes: readonly ExitCode[]): ExitCode {
  return GRAVEST_FIRST.find((code) => codes.includes(code)) ?? EXIT.done;
}
