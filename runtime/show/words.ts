import type { Instant } from '@stackbridge/shared-mappers/model/instant.ts';
import type { Side, SystemName } from '@stackbridge/shared-mappers/model/side.ts';

/** `12,345`. */
export function count(n: number): string {
  return n.toLocaleString('en-US');
}

/** `1 record`, `2 records`; the plural adds an s unless it is given. */
export function counted(n: number, one: string, many: string = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

/** `350 ms`, `12.3 s`, `4 min 10 s`, `3 h 5 min`, `2 d 3 h`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const [big, small, bigUnit, smallUnit] =
    seconds < 3600
      ? [seconds / 60, seconds % 60, 'min', 's']
      : seconds < 86_400
        ? [seconds / 3600, (seconds % 3600) / 60, 'h', 'min']
        : [seconds / 86_400, (seconds % 86_400) / 3600, 'd', 'h'];
  return `${Math.floor(big)} ${bigUnit} ${Math.floor(small)} ${smallUnit}`;
}

/** `2026-11-23 08:00:05` in UTC. */
export function moment(at: Instant): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026-11-23T08:00:05.123Z`: how JSON documents give times. */
export function iso(at: Instant): string {
  return new Date(at).toISOString();
}

const NAMES: Readonly<Record<SystemName, string>> = {
  salesforce: 'Salesforce',
  mailchimp: 'Mailchimp',
  'zoho-projects': 'Zoho Projects',
  'zoho-books': 'Zoho Books',
  xero: 'Xero',
};

/** As its vendor writes it. */
export function displayName(system: string): string {
  return new Map(Object.entries(NAMES)).get(system) ?? system;
}

/** In a contact recipe the left is the CRM, the right the mailing tool. */
export function systemOf(side: Side): 'salesforce' | 'mailchimp' {
  return side === 'left' ? 'salesforce' : 'mailchimp';
}

const SHOWN_LENGTH = 60;

/** A canonical value for people: the elements of a set and the lines of a text on one line, long ones shortened. */
export function shownValue(canonical: string | undefined): string {
  if (canonical === undefined) return '(as last agreed)';
  if (canonical === '') return '(empty)';
  const line = canonical.replaceAll('\u001f', '; ').replaceAll(/\s*\n\s*/g, ', ');
  return line.length > SHOWN_LENGTH ? `${line.slice(0, SHOWN_LENGTH - 1)}…` : line;
}
