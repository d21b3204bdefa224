import { sleep } from 'n8n-workflow';

/** Stands in for the global scope in what is bundled. */
export const packScope = {};

/** Stands in for `setTimeout` there: n8n has a sleep of its own. */
export function packTimeout(wake: () => void, ms: number): void {
  void sleep(ms).then(wake);
}
