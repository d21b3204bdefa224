import { cutTo } from './fill-template.ts';

/** Longest description of a time entry that the accounts show whole. */
const LIMIT = 500;

/** Ends the description of a time entry: found again by it after an answer that never came. */
export function withMark(text: string, logId: string): string {
  const mark = `[${timeNumber(logId)}]`;
  return `${cutTo(text, LIMIT - mark.length - 1)} ${mark}`.trim();
}

/** The log that a description is marked with. */
export function markedLog(description: string): string | undefined {
  return /\[ZT-([^\]\s]+)\]\s*$/.exec(description)?.[1];
}

/** What the ledger calls the time entry of a log. */
export function timeNumber(logId: string): string {
  return `ZT-${logId}`;
}
