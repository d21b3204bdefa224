import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Random } from '@stackbridge/shared-mappers/ports/random.ts';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The same numbers and ids each time: no jitter in retries, ids that count up. */
export function seededRandom(clock: Clock): Random {
  let made = 0;
  return {
    next: () => 0.5,
    id: () => inBase32(clock.now(), 10) + inBase32(++made, 16),
  };
}

function inBase32(value: number, length: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < length; i++) {
    text = DIGITS.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}
