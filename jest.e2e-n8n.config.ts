import type { Config } from 'jest';
import { base } from './jest.config.ts';

/** A whole n8n: needs `npm run e2e:install`, the built pack, and what `npm run e2e:n8n` says is missing. */
const config: Config = {
  ...base,
  testMatch: ['<rootDir>/test/e2e-n8n/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 300_000,
  maxWorkers: 1,
};

export default config;
