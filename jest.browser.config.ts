import type { Config } from 'jest';
import { base } from './jest.config.ts';

/** In a headless Chromium, which the machine has to have. */
const config: Config = {
  ...base,
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
  maxWorkers: 1,
};

export default config;
