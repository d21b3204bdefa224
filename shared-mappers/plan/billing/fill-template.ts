/** Longest description of a line in the accounts. */
export const DESCRIPTION_LIMIT = 4000;
/** Longest reference and document number. */
export const REFERENCE_LIMIT = 255;

/**
 * Fills `{names}` in. A name without a value leaves no trace: brackets around nothing, doubled separators and
 * blanks go with it. What is longer than the limit is cut and ends with an ellipsis.
 */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string | undefined>>,
  limit: number,
): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const tidied = filled
    .replace(/\(\s*\)|\[\s*\]/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ([,:;])/g, '$1')
    .replace(/([,:;-])(?: ?[,:;-])+(?= )/g, '$1')
    .replace(/^[ ,:;-]+|[ ,:;-]+$/g, '');
  return cutTo(tidied, limit);
}

export function cutTo(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - 1;
  // Half a surrogate pair is no character.
  const last = text.charCodeAt(end - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end).trimEnd()}…`;
}
