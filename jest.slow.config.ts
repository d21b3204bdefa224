import type { Config } from 'jest';
import { base } from './jest.config.ts';

/** Suites that take longer than a developer waits for: whole sign-ins, sweeps, and command runs at scale. */
const config: Config = {
  ...base,
  testMatch: ['<rootDir>/test/slow/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 600_000,
};

export default config;
