import type { RecipeProblem } from '@stackbridge/shared-mappers/recipes/recipe-problem.ts';
import type { Terminal } from './terminal.ts';
import { counted } from './words.ts';

/** Each fault with its place, as editors and terminals make it clickable: `file:line:column`. */
export function printFaults(problems: readonly RecipeProblem[], terminal: Terminal): void {
  const paint = terminal.paintNote;
  for (const { file, line, column, path, code, message, expected, suggestion } of problems) {
    terminal.warn(`${paint.bold(`${file}:${line}:${column}`)}  ${paint.red(message)}`);
    const about = [path, code].filter((text) => text !== '').join('  ');
    terminal.warn(`    ${paint.dim(about)}`);
    if (expected !== undefined) terminal.warn(`    expected: ${expected}`);
    terminal.warn(`    ${paint.green('→')} ${suggestion}`);
  }
  const files = new Set(problems.map(({ file }) => file));
  terminal.warn(`${counted(problems.length, 'fault')} in ${[...files].join(', ')}`);
}
