import { fileURLToPath } from 'node:url';

/** The script behind `stackbridge`. */
export const COMMAND = fileURLToPath(new URL('../../runtime/main.ts', import.meta.url));
