import type { SystemName } from '../model/side.ts';

/** What a request needs to reach one account. */
export interface Access {
  /** Without a trailing slash: Salesforce's instance URL, Mailchimp's `https://us3.api.mailchimp.com/3.0`. */
  readonly baseUrl: string;
  /** The `authorization` header among them. Never logged. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A signed-in account. `renew` is called with the access that was refused; ten callers at once cause one refresh,
 * and a caller whose access is already older than the current one gets the current one without a call.
 * Rejects with `Reconnect` when the grant is gone.
 */
export interface Connection {
  readonly system: SystemName;
  access(): Promise<Access>;
  renew(refused: Access): Promise<Access>;
}
