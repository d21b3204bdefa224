/** What document numbers begin with, before a hyphen, unless a recipe says otherwise. */
export const USUAL_PREFIX = { milestone: 'ZP', expense: 'ZE' } as const;
