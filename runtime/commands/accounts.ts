import { draftAccountMap } from '@stackbridge/shared-mappers/plan/billing/draft-account-map.ts';
import { gather } from '@stackbridge/shared-mappers/sync/billing/gather.ts';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { openSession } from '../session.ts';
import { act } from './act.ts';
import { EXIT } from './exit-code.ts';

const PATIENCE_MS = 15 * 60_000;
const COSTS = ['expense', 'cost_of_goods_sold', 'other_expense'];
const PAYING = ['bank', 'credit_card', 'cash'];

export function addAccountsCommand(program: Command): void {
  program
    .command('accounts')
    .description('draft an account map from Zoho and Xero as they are; writes nothing to either')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge accounts --connections connections.yaml > recipes/accounts.yaml
  $ stackbridge check recipes/accounts.yaml --connections connections.yaml`,
    )
    .action((_options: unknown, command: Command) =>
      act(command, async ({ terminal, ...where }) => {
        await using session = await openSession({ ...where, terminal });
        const { source, books, target } = await session.billingPortsFor({
          zoho: {},
          patienceMs: PATIENCE_MS,
        });
        const [projects, people, accounts, taxes, chart] = await Promise.all([
          gather(source.projects()),
          gather(source.people()),
          books.categories(),
          books.taxes(),
          target.chart(),
        ]);
        const named = (types: readonly string[]): string[] =>
          accounts.filter(({ type }) => types.includes(type)).map(({ name }) => name);
        const categories = projects.flatMap(({ category = '' }) => (category === '' ? [] : [category]));
        const { map, doubts } = draftAccountMap(
          {
            projectCategories: [...new Set(categories)].sort(),
            expenseAccounts: named(COSTS),
            salesAccounts: named(['income']),
            taxes,
            people: people.filter(({ email }) => email !== ''),
            paidThrough: named(PAYING),
          },
          chart,
        );
        const file = { map: 'account-map/v1', ...map };
        terminal.document({ map: file, doubts });
        terminal.print(stringify(file).trimEnd());
        for (const doubt of doubts) terminal.note(`${terminal.paintNote.yellow('check')}  ${doubt}`);
        terminal.note('Add the hourly `rates`, then hold it against Xero: stackbridge check FILE');
        return EXIT.done;
      }),
    );
}
