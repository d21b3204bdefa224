/** Scopes of which one is enough to read, or to write, a resource; without `.read`, which is added for reading. */
export type ScopeNeed = readonly string[];

/** What each broad scope stands for; Xero gives them only to apps made before 2 March 2026, until 13 September 2027. */
const BROAD: Readonly<Record<string, readonly string[]>> = {
  'accounting.transactions': [
    'accounting.invoices',
    'accounting.payments',
    'accounting.banktransactions',
    'accounting.manualjournals',
  ],
  'accounting.transactions.read': [
    'accounting.invoices.read',
    'accounting.payments.read',
    'accounting.banktransactions.read',
    'accounting.manualjournals.read',
  ],
};

const WITH_READ = [
  'accounting.invoices',
  'accounting.payments',
  'accounting.banktransactions',
  'accounting.manualjournals',
  'accounting.settings',
  'accounting.contacts',
  'accounting.attachments',
  'projects',
  'payroll.employees',
  'payroll.payruns',
  'payroll.payslip',
  'payroll.timesheets',
  'payroll.settings',
  'files',
];
const KNOWN: ReadonlySet<string> = new Set([
  'openid',
  'profile',
  'email',
  'offline_access',
  'app.connections',
  'accounting.budgets.read',
  'accounting.journals.read',
  ...[
    'aged',
    'balancesheet',
    'banksummary',
    'budgetsummary',
    'executivesummary',
    'profitandloss',
    'trialbalance',
    'taxreports',
  ].map((report) => `accounting.reports.${report}.read`),
  ...WITH_READ.flatMap((scope) => [scope, `${scope}.read`]),
]);

/** What billing needs, all of it: the scopes of the tokens a sandbox starts with. */
export const FULL_SCOPES: readonly string[] = [
  'openid',
  'profile',
  'email',
  'offline_access',
  'accounting.invoices',
  'accounting.payments',
  'accounting.banktransactions',
  'accounting.settings',
  'accounting.contacts',
  'accounting.attachments',
  'projects',
  'payroll.employees',
  'payroll.timesheets',
  'payroll.settings',
];

/** @returns the scopes asked for that no app can have */
export function unknownScopes(scopes: readonly string[], broadAllowed: boolean): string[] {
  return scopes.filter((scope) => !KNOWN.has(scope) && !(broadAllowed && scope in BROAD));
}

export function allows(granted: ReadonlySet<string>, need: ScopeNeed, writes: boolean): boolean {
  if (need.length === 0) return true;
  return need.some((scope) => granted.has(scope) || (!writes && granted.has(`${scope}.read`)));
}

/** The scopes with the broad ones spelled out. */
export function effectiveScopes(scopes: readonly string[]): ReadonlySet<string> {
  return new Set(scopes.flatMap((scope) => [scope, ...(BROAD[scope] ?? [])]));
}
