import type { WriteAction } from '../ports/connector.ts';

/**
 * The order in which one side's operations are sent within a priority. A rename frees an address that a create or a
 * restore may be waiting for, so it goes before them; an update finds its member by the address from before.
 */
export const ACTION_ORDER: readonly WriteAction[] = [
  'opt-out',
  'update',
  'rename',
  'restore',
  'create',
  'ask-again',
  'archive',
];
