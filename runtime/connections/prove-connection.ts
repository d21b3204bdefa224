import type { SignInSystem } from '@stackbridge/credentials/systems.ts';
import { SYSTEM_FACTS } from '@stackbridge/credentials/systems.ts';
import { zohoBooksProof, zohoOrganisations } from '@stackbridge/credentials/zoho.ts';
import type { Access, Connection } from '@stackbridge/shared-mappers/ports/connection.ts';
import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { answerTo, notAccepted } from '../sign-in/sign-in.ts';
import type { ConnectedSystem, Connections } from './open-connections.ts';

interface Proof {
  readonly system: ConnectedSystem;
  request(access: Access): HttpRequest;
  name(answer: HttpResponse): string | undefined;
}

/** The calls that prove a sign-in; for Zoho one a product, since a token may be good for one of them only. */
function proofsOf(system: SignInSystem): Proof[] {
  const { proof: request, accountName: name } = SYSTEM_FACTS[system];
  if (system !== 'zoho') return [{ system, request, name }];
  const booksName = (answer: HttpResponse): string | undefined => zohoOrganisations(answer)?.join(', ');
  return [
    { system: 'zoho-projects', request, name },
    { system: 'zoho-books', request: zohoBooksProof, name: booksName },
  ];
}

/**
 * Asks an account for its name, with a renewed token where the one at hand has ended.
 *
 * @throws StackbridgeError `SIGN_IN_EXPIRED` and whatever opening a connection throws
 */
export async function proveConnection(
  system: SignInSystem,
  connections: Connections,
  http: Http,
): Promise<string> {
  const names: string[] = [];
  for (const proof of proofsOf(system))
    names.push(await provenName(proof, connections.open(proof.system), system, http));
  return names.join(' · ');
}

async function provenName(
  { request, name }: Proof,
  connection: Connection,
  system: SignInSystem,
  http: Http,
): Promise<string> {
  const access = await connection.access();
  const first = name(await answerTo(request(access), http, system));
  if (first !== undefined) return first;
  const answer = await answerTo(request(await connection.renew(access)), http, system);
  const second = name(answer);
  if (second !== undefined) return second;
  throw notAccepted(
    `${SYSTEM_FACTS[system].displayName} does not accept the sign-in (HTTP ${answer.status})`,
    system,
  );
}
