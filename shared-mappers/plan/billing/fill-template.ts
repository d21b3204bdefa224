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
  let hasGap = false;
  let filled = '';
  for (const [at, part] of partsOf(template).entries()) {
    const value = at % 2 === 0 ? part : (values[part] ?? '');
    if (value === '' && at % 2 === 1) hasGap = true;
    filled += value;
  }
  return cutTo(hasGap ? withoutGaps(filled) : filled.trim(), limit);
}

/** Text and names by turns. */
function partsOf(template: string): readonly string[] {
  const known = compiled.get(template);
  if (known !== undefined) return known;
  const parts = template.split(/\{(\w+)\}/);
  compiled.set(template, parts);
  return parts;
}

/** A recipe has a handful of templates. */
const compiled = new Map<string, readonly string[]>();

function withoutGaps(text: string): string {
  return text
    .replace(/\(\s*\)|\[\s*\]/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ([,:;])/g, '$1')
    .replace(/(?:[,:;-] ?)+([,:;-])(?= )/g, '$1')
    .replace(/^[ ,:;-]+|[ ,:;-]+$/g, '');
}

export function cutTo(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = limit - 1;
  // Half a surrogate pair is no character.
  const last = text.charCodeAt(end - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end).trimEnd()}…`;
}
