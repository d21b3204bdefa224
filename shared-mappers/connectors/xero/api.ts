/** Paths of Xero's APIs under one host (`https://api.xero.com`). */
export const ACCOUNTING = '/api.xro/2.0';
export const PROJECTS = '/projects.xro/2.0';
/** Australia. */
export const PAYROLL_V1 = '/payroll.xro/1.0';
/** New Zealand, the United Kingdom, and Australia's timesheets of the new kind. */
export const PAYROLL_V2 = '/payroll.xro/2.0';

export const JSON_BODY = { 'content-type': 'application/json' } as const;

/** A path with its query; values are percent-encoded except for the commas of lists, undefined ones are left out. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`],
  );
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`;
}
