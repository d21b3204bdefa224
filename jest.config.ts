import type { Config } from 'jest';

/** What every suite shares: native ES modules; TypeScript is stripped by swc. */
export const base: Config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/slow/',
    '<rootDir>/test/browser/',
    '<rootDir>/test/contracts/',
    '<rootDir>/test/zapier/',
    '<rootDir>/test/n8n/',
    '<rootDir>/test/e2e-n8n/',
  ],
  // Built copies bear the names of what they are built from.
  modulePathIgnorePatterns: [
    '<rootDir>/zapier-app/dist/',
    '<rootDir>/zapier-app/toolchain/',
    '<rootDir>/n8n-nodes/dist/',
    '<rootDir>/n8n-toolchain/',
    '<rootDir>/test/e2e-n8n/toolchain/',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }],
  },
  maxWorkers: 2,
  // Long enough for a machine that other work keeps busy: no test is about how long something takes.
  testTimeout: 30_000,
};

/** The fast suite. What is slow, or needs the vendors' specs, has a config of its own. */
const config: Config = {
  ...base,
  // Native ES modules of a finished file are never freed: a worker grows by some 20 MB a file, and one of gigabytes takes
  // longer to end than the half second after which Jest calls it stuck and kills it.
  workerIdleMemoryLimit: '600MB',
};

export default config;
