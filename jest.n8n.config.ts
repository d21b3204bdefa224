import type { Config } from 'jest';
import { base } from './jest.config.ts';

/** The n8n pack as it is shipped, run by n8n's own engine: needs `npm run n8n:install` and `npm run n8n:build` before. */
const config: Config = {
  ...base,
  testMatch: ['<rootDir>/test/n8n/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
};

export default config;
