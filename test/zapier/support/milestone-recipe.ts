import { readFileSync } from 'node:fs';

/** The ready account map, written out under `accounts` as a step needs it. */
const ACCOUNTS = readFileSync(new URL('../../../recipes/accounts.yaml', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => !line.startsWith('#') && !line.startsWith('map:'))
  .map((line) => `  ${line}`)
  .join('\n');

export const MILESTONE_RECIPE = `
recipe: milestone-invoice/v1
name: milestones
cutOver: 2020-01-01
bill: { time: true, expenses: false, fixed: ignore }
contacts: create
accounts:
${ACCOUNTS}
`;
