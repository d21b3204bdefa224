import {
  answersAttempt,
  askForConsent,
  type ConsentPage,
  type SignInAttempt,
} from '@stackbridge/credentials/consent.ts';
import { type SignInSystem, SYSTEM_FACTS } from '@stackbridge/credentials/systems.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Terminal } from '../show/terminal.ts';
import { listenForRedirect } from './loopback-redirect.ts';

/** Longer than anybody takes to find a password. */
const PATIENCE_MS = 10 * 60_000;

export interface UserConsentOptions {
  readonly system: SignInSystem;
  readonly page: ConsentPage;
  readonly clientId: string;
  /** Of this machine, for the redirect; 0: any free one. */
  readonly port: number;
  /** Whether to open the user's browser; the address is shown in any case. */
  readonly opensBrowser: boolean;
  readonly terminal: Terminal;
}

export interface UserConsent {
  readonly attempt: SignInAttempt;
  /** The query of the redirect. */
  readonly answer: URLSearchParams;
}

/** @throws StackbridgeError `SIGN_IN_REFUSED` when nobody answers */
export async function askUser(options: UserConsentOptions): Promise<UserConsent> {
  const { system, page, clientId, port, opensBrowser, terminal } = options;
  const { displayName, redirectHost } = SYSTEM_FACTS[system];
  await using listener = await listenForRedirect(redirectHost, port);
  const attempt = await askForConsent(page, clientId, listener.redirectUri);
  terminal.note(`The application has to know this redirect address: ${listener.redirectUri}`);
  terminal.warn(`Sign in to ${displayName} and allow the access:\n\n  ${attempt.address}\n`);
  if (opensBrowser) await openBrowser(attempt.address);
  const answer = await listener.answer((query) => answersAttempt(attempt, query), PATIENCE_MS);
  if (answer !== undefined) return { attempt, answer };
  throw new StackbridgeError('SIGN_IN_REFUSED', `Nobody has answered ${displayName} within ten minutes`, {
    system: page.system,
  });
}

/** A machine without a browser is no failure: the address is on the screen. */
async function openBrowser(address: string): Promise<void> {
  const { default: open } = await import('open');
  await open(address).then(
    (browser) => browser.once('error', () => {}),
    () => {},
  );
}
