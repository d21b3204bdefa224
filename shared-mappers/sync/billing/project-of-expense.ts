import { folded } from '../../mapping/people.ts';
import type { Expense, Project } from '../../model/billing/project-work.ts';

export interface BooksProject {
  readonly id: string;
  readonly name: string;
  readonly customerId: string;
  readonly customerName: string;
}

/**
 * Gives each expense its project of the project tool. The books number projects on their own: the two are matched by
 * name, and by the customer's name where several projects have one.
 */
export function withProjects(
  expenses: readonly Expense[],
  booksProjects: readonly BooksProject[],
  projects: readonly Project[],
): Expense[] {
  const byName = Map.groupBy(projects, ({ name }) => folded(name));
  const matched = new Map<string, string>();
  for (const { id, name, customerName } of booksProjects) {
    const called = byName.get(folded(name)) ?? [];
    const ofCustomer = called.filter(
      (project) => folded(project.customerName ?? '') === folded(customerName),
    );
    const [only, ...others] = called.length === 1 ? called : ofCustomer;
    if (only !== undefined && others.length === 0) matched.set(id, only.id);
  }
  return expenses.map((expense) => {
    const { booksProjectId } = expense;
    const projectId = booksProjectId === undefined ? undefined : matched.get(booksProjectId);
    return projectId === undefined ? expense : { ...expense, projectId };
  });
}
