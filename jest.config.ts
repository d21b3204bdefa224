import type { Config } from 'jest';

/** Native ES modules; TypeScript is stripped by swc. Slow suites live under test/slow and run in CI after these. */
const config: Config = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/slow/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }],
  },
  maxWorkers: 2,
};

export default config;
