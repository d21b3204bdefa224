import type { ConsentPage } from '@stackbridge/credentials/consent.ts';
import { type SignInSystem, SYSTEM_FACTS } from '@stackbridge/credentials/systems.ts';
import { NoAnswerError, StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { Clock } from '@stackbridge/shared-mappers/ports/clock.ts';
import type { Access } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import type { KeptConnection } from '../connections/kept-connections.ts';
import type { Choice } from './ask-in-terminal.ts';
import type { UserConsent } from './user-consent.ts';

/** What a sign-in yields. */
export type SignedIn = Pick<KeptConnection, 'method' | 'account' | 'settings'>;

/** What signing in works with. */
export interface SignInPorts {
  readonly http: Http;
  readonly clock: Clock;
  /** Sends the user to the system's page. */
  askUser(page: ConsentPage, clientId: string): Promise<UserConsent>;
  choose(choice: Omit<Choice, 'system'>): Promise<string>;
}

/** An application, as it was registered with the system. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What the account calls itself, asked of the account. @throws StackbridgeError `SIGN_IN_EXPIRED` */
export async function accountNameAt(system: SignInSystem, access: Access, http: Http): Promise<string> {
  const { proof, accountName, displayName } = SYSTEM_FACTS[system];
  const answer = await answerTo(proof(access), http, system);
  const name = accountName(answer);
  if (name !== undefined) return name;
  throw notAccepted(`${displayName} does not accept the sign-in (HTTP ${answer.status})`, system);
}

/** @throws NoAnswerError where the system is away */
export async function answerTo(
  request: HttpRequest,
  http: Http,
  system: SignInSystem,
): Promise<HttpResponse> {
  const answer = await http.send(request);
  if (answer.status >= 500 || answer.status === 429)
    throw new NoAnswerError(`${new URL(request.url).host} answered HTTP ${answer.status}`, 'no', {
      system: systemNameOf(system),
    });
  return answer;
}

export function notAccepted(message: string, system: SignInSystem): StackbridgeError {
  return new StackbridgeError('SIGN_IN_EXPIRED', message, { system: systemNameOf(system) });
}

/** The answer of a sign-in is of no use. */
export function unusable(message: string, system: SignInSystem): StackbridgeError {
  return new StackbridgeError('CONNECTIONS_INVALID', message, { system: systemNameOf(system) });
}

function systemNameOf(system: SignInSystem): SystemName {
  return system === 'zoho' ? 'zoho-projects' : system;
}
