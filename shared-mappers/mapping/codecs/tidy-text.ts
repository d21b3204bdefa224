import type { JsonValue } from '../../model/json.ts';

const CONTROLS_BUT_TAB_AND_LINE_FEED = /[^\P{Cc}\t\n]/gu;

/**
 * Text as both systems agree to store it: trimmed, lines ended by a line feed, without control characters, Unicode
 * composed (NFC), whole surrogate pairs. Inner blanks stay. Texts that need nothing come back as they are.
 */
export function tidyText(text: string): string {
  const last = text.length - 1;
  if (last < 0) return text;
  for (let i = 0; i <= last; i++) {
    const code = text.charCodeAt(i);
    // Below U+0300 nothing composes; from U+007F to U+00A0 are controls and the no-break space.
    if (code < 0x20 || code >= 0x300 || (code >= 0x7f && code <= 0xa0)) return tidyUnusual(text);
  }
  return text.charCodeAt(0) === 0x20 || text.charCodeAt(last) === 0x20 ? text.trim() : text;
}

function tidyUnusual(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .toWellFormed()
    .replace(CONTROLS_BUT_TAB_AND_LINE_FEED, '')
    .normalize('NFC')
    .trim();
}

/** Whether a value is a text of printable ASCII without blanks at its ends: tidy as it is, and one line. */
export function isPlain(raw: JsonValue | undefined): raw is string {
  if (typeof raw !== 'string') return false;
  const last = raw.length - 1;
  if (last < 0) return true;
  for (let i = 0; i <= last; i++) {
    const code = raw.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return raw.charCodeAt(0) !== 0x20 && raw.charCodeAt(last) !== 0x20;
}

/** The tidy text of any scalar; lists, objects and nothing are empty. */
export function textOf(raw: JsonValue | undefined): string {
  if (typeof raw === 'string') return tidyText(raw);
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  return '';
}
