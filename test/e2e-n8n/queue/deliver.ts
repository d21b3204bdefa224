import { setTimeout as sleep } from 'node:timers/promises';

const AGAIN_AFTER_MS = 500;
const GIVES_UP_AFTER_MS = 120_000;

/**
 * Posts each body, so many at a time. As vendors do, it sends again what a busy n8n could not take (HTTP 5xx).
 *
 * @returns how often it had to be sent again
 * @throws Error when one is refused, or not taken in two minutes
 */
export async function deliver(address: string, bodies: readonly object[], atOnce: number): Promise<number> {
  const waiting = [...bodies];
  let again = 0;
  const one = async (): Promise<void> => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift())
      again += await deliverOne(address, body);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return again;
}

async function deliverOne(address: string, body: object): Promise<number> {
  const givesUpAt = Date.now() + GIVES_UP_AFTER_MS;
  const headers = { 'content-type': 'application/json' };
  for (let again = 0; ; again += 1) {
    const answer = await fetch(address, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.ok) return again;
    if (answer.status < 500 || Date.now() > givesUpAt)
      throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
    await sleep(AGAIN_AFTER_MS);
  }
}
