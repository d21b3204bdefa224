/** The version every path names: recorded answers exist for 60.0 and later, and it is offered by every org. */
const API_VERSION = '60.0';

export const API = `/services/data/v${API_VERSION}`;

/**
 * Makes a path of an answer (`nextRecordsUrl`, `contentUrl`) relative to the instance of today: an org may have
 * moved since the answer was given, and bulk's `contentUrl` comes without its first slash.
 */
export function pathOnInstance(url: string): string {
  const at = url.indexOf('services/data/');
  return at < 0 ? url : `/${url.slice(at)}`;
}

/** Salesforce puts the name into `changeOrigin` of its change events: our own echoes can be told apart. */
export const CALL_OPTIONS = { 'sforce-call-options': 'client=stackbridge' } as const;
