import { COMPANIES } from '../people/companies.ts';
import { Dice } from '../people/dice.ts';
import type { World } from '../world.ts';
import type { ZohoBooks } from '../zoho-books/zoho-books.ts';
import { addPerson } from '../zoho-projects/desk-records.ts';
import type { ZohoProjects } from '../zoho-projects/zoho-projects.ts';
import { openBooks } from './open-books.ts';
import { seedExactProject } from './seed-exact-project.ts';
import { seedExpenses } from './seed-expenses.ts';
import { seedInvoice } from './seed-invoice.ts';
import { seedProject } from './seed-project.ts';
import { COLLEAGUES, PROJECT_KINDS } from './work-words.ts';

/** How much work to seed. */
export interface ZohoSeedOptions {
  /** Same seed, same work. Default 1. */
  seed?: number | undefined;
  /** Default 6; 10 when exact. Each has a customer of its own. */
  projects?: number | undefined;
  /** Milestones of each project. Default 4; 100 when exact. */
  milestones?: number | undefined;
  /** Time logs of each milestone. Default about 12; 10 when exact. */
  logs?: number | undefined;
  /** Expenses of each project. Default about 5; 0 when exact. */
  expenses?: number | undefined;
  /** Invoices made in the books. Default 3; 0 when exact. */
  invoices?: number | undefined;
  /** Share of milestones that are closed, 0 to 1. Default 0.5; 1 when exact. */
  closed?: number | undefined;
  /** All milestones closed, each with exactly that many billable, approved logs on as many tasks: for measuring. */
  exact?: boolean | undefined;
}

/** What work is seeded into. */
export interface WorkGround {
  readonly world: World;
  readonly zohoProjects: Pick<ZohoProjects, 'portal'>;
  readonly zohoBooks: Pick<ZohoBooks, 'books'>;
}

/** What was seeded; ids in the order of seeding. */
export interface ZohoSeedManifest {
  seed: number;
  people: string[];
  projects: string[];
  /** Milestones, and those of them that are closed. */
  milestones: string[];
  closed: string[];
  logs: number;
  expenses: string[];
  invoices: string[];
}

/** Fills the portal and the books with the last months' work of a small agency. Adds to what is there. */
export function seedZoho(ground: WorkGround, options: ZohoSeedOptions = {}): ZohoSeedManifest {
  const { seed = 1, exact = false } = options;
  const { portal } = ground.zohoProjects;
  const { books } = ground.zohoBooks;
  const dice = new Dice(seed * 2 + 1);
  const logsBefore = portal.logs.size;
  const amounts = {
    projects: options.projects ?? (exact ? 10 : 6),
    milestones: options.milestones ?? (exact ? 100 : 4),
    logs: options.logs ?? (exact ? 10 : 12),
    expenses: options.expenses ?? (exact ? 0 : 5),
    invoices: options.invoices ?? (exact ? 0 : 3),
    closed: options.closed ?? (exact ? 1 : 0.5),
  };
  const ledger = openBooks(books);
  const people = COLLEAGUES.map((colleague) => addPerson(portal, colleague));
  const manifest: ZohoSeedManifest = {
    seed,
    people,
    projects: [],
    milestones: [],
    closed: [],
    logs: 0,
    expenses: [],
    invoices: [],
  };
  const bookProjects: string[] = [];
  for (let index = 0; index < amounts.projects; index++) {
    const customer = customerName(index);
    const name = `${customer} – ${PROJECT_KINDS[index % PROJECT_KINDS.length] ?? 'Work'}`;
    const draft = { name, customer, index, people, amounts };
    const project = exact ? seedExactProject(portal, draft) : seedProject(portal, draft, dice);
    manifest.projects.push(project.id);
    manifest.milestones.push(...project.milestones);
    manifest.closed.push(...project.closed);
    const bookProject = ledger.addProject(bookName(name, index, exact), customer);
    bookProjects.push(bookProject);
    manifest.expenses.push(...seedExpenses(ledger, bookProject, amounts.expenses, dice));
  }
  for (let index = 0; index < amounts.invoices && bookProjects.length > 0; index++) {
    manifest.invoices.push(seedInvoice(ledger, dice.pick(bookProjects), dice));
  }
  manifest.logs = portal.logs.size - logsBefore;
  return manifest;
}

function customerName(index: number): string {
  return COMPANIES[index]?.name ?? `Customer ${String(index + 1).padStart(4, '0')}`;
}

/** Somebody typed the project's name a second time, and now and then not quite alike. */
function bookName(name: string, index: number, exact: boolean): string {
  return !exact && index % 4 === 3 ? `${name.toUpperCase()} ` : name;
}
