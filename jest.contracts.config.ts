import type { Config } from 'jest';
import { base } from './jest.config.ts';

/** Against the vendors' machine-readable specs and recorded answers, which lie beside the checkout and are not part of it. */
const config: Config = {
  ...base,
  testMatch: ['<rootDir>/test/contracts/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};

export default config;
