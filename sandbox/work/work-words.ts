/** What projects, their phases and their work are called. */
export const PROJECT_KINDS: readonly string[] = [
  'Website Relaunch',
  'Warehouse Migration',
  'Mobile App',
  'Data Platform',
  'Brand Refresh',
  'ERP Rollout',
  'Customer Portal',
  'Security Audit',
];

export const PROJECT_GROUPS: readonly string[] = ['Consulting', 'Design', 'Development', 'Support'];

export const PHASE_NAMES: readonly string[] = [
  'Discovery',
  'Concept',
  'Build, part 1',
  'Build, part 2',
  'Integration & Test',
  'Rollout',
  'Training',
  'Handover',
];

export const TASK_NAMES: readonly string[] = [
  'Kick-off workshop',
  'Interviews with key users',
  'Requirements catalogue',
  'Data model',
  'Wireframes',
  'Interface to the warehouse',
  'Import of legacy data',
  'Payment flow',
  'Übersetzungen prüfen',
  'Accessibility review',
  'Load test',
  'Release notes',
  'Training material',
  'Go-live support',
];

export const ISSUE_NAMES: readonly string[] = [
  'Totals off by a cent on the basket page',
  'Search ignores accents (é, ß, ł)',
  'PDF export cuts the last line',
  'Login loops on Safari',
  'Import stops at row 65,536',
];

export const GENERAL_WORK: readonly string[] = ['Weekly meeting', 'Project management', 'Travel time'];

/** Some are empty, some are more than a line, one is in another script. */
export const NOTES: readonly string[] = [
  '',
  '',
  'as agreed by phone',
  'with Marta & Jürgen',
  'Follow-up: see ticket #4711 <urgent>',
  'First half\nsecond half after lunch',
  'レビューと修正',
  'fixed, tested, deployed 🚀',
  'remaining effort about 3 h, "maybe" 4',
];

/** Minutes as people enter them; 2:20 has no short decimal. */
export const MINUTES: readonly number[] = [
  15, 20, 25, 30, 45, 50, 60, 75, 80, 90, 100, 120, 140, 150, 180, 215, 240, 300, 425, 480,
];

export interface Colleague {
  name: string;
  email: string;
  role: string;
  /** Per hour. */
  rate: string;
}

export const COLLEAGUES: readonly Colleague[] = [
  { name: 'Priya Raman', email: 'priya.raman@stackbridge.test', role: 'Administrator', rate: '180.00' },
  { name: 'Jonas Lindqvist', email: 'jonas.lindqvist@stackbridge.test', role: 'Consultant', rate: '165.00' },
  { name: 'Marta Żuk', email: 'marta.zuk@stackbridge.test', role: 'Developer', rate: '142.50' },
  { name: 'Tomás O’Brien', email: 'tomas.obrien@stackbridge.test', role: 'Developer', rate: '142.50' },
  { name: 'Aiko Tanaka', email: 'aiko.tanaka@stackbridge.test', role: 'Designer', rate: '128.75' },
  { name: 'Grace Mbeki', email: 'grace.mbeki@stackbridge.test', role: 'Consultant', rate: '165.00' },
  { name: 'Luca Ferri', email: 'luca.ferri@stackbridge.test', role: 'Developer', rate: '133.33' },
  { name: 'Hannah Stein', email: 'hannah.stein@stackbridge.test', role: 'Trainer', rate: '110.00' },
];
