import { interpretAnswer } from '@stackbridge/shared-mappers/connectors/client-to.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';

/**
 * What an answer to the question who is signed in means, when it names nobody. Any valid sign-in may ask it: what is
 * neither a limit nor trouble at the system says that this one is none, Salesforce by 403 instead of 401.
 */
export function refusalOf(answer: HttpResponse, system: SystemName): StackbridgeError {
  const said = interpretAnswer(system, answer, { method: 'GET', path: '' });
  if (said?.class === 'Throttled' || said?.class === 'Transient') return said;
  return new StackbridgeError(
    'SIGN_IN_EXPIRED',
    `${system} does not accept the sign-in (HTTP ${answer.status})`,
    { system },
  );
}
