import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Random } from '@stackbridge/shared-mappers/ports/random.ts';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_DIGITS = 10;
const COUNT_DIGITS = 4;
const CHANCE_DIGITS = 12;

/**
 * Ids in the order of creation, as the ULID specification writes them: time, then a count where it has chance. The
 * package for them looks for the platform's random source among globals that n8n forbids its nodes.
 */
export function createRandom(clock: Clock): Random {
  let made = 0;
  return {
    next: () => Math.random(),
    id: () => inBase32(clock.now(), TIME_DIGITS) + inBase32(made++, COUNT_DIGITS) + chance(CHANCE_DIGITS),
  };
}

function inBase32(value: number, length: number): string {
  let rest = value;
  let text = '';
  for (let i = 0; i < length; i++) {
    text = DIGITS.charAt(rest % DIGITS.length) + text;
    rest = Math.floor(rest / DIGITS.length);
  }
  return text;
}

function chance(length: number): string {
  return Array.from({ length }, () => DIGITS.charAt(Math.floor(Math.random() * DIGITS.length))).join('');
}
