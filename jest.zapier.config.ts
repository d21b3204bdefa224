import type { Config } from 'jest';
import { base } from './jest.config.ts';

/** The Zapier app as it is shipped: needs `npm run zapier:install` and `npm run zapier:build` before. */
const config: Config = {
  ...base,
  testMatch: ['<rootDir>/test/zapier/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
};

export default config;
