import { type XeroOrganisation, xeroOrganisations } from '@stackbridge/credentials/xero.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { xeroConnection } from '../connection/xero.ts';
import { NodeFault } from '../errors/node-fault.ts';
import type { NodeContext } from '../ports/node-context.ts';

/** The organisations that the credential reaches; costs nothing of Xero's limits. */
export async function organisationsOf(context: NodeContext, http: Http): Promise<XeroOrganisation[]> {
  const connection = await xeroConnection(context, undefined);
  const ask = async ({ baseUrl, headers }: Awaited<ReturnType<typeof connection.access>>) =>
    http.send({ method: 'GET', url: `${baseUrl}/connections`, headers });
  const access = await connection.access();
  const first = await ask(access);
  const answer = first.status === 401 ? await ask(await connection.renew(access)) : first;
  const found = xeroOrganisations(answer);
  if (found !== undefined) return found;
  throw new StackbridgeError('SIGN_IN_EXPIRED', `Xero does not accept the sign-in (HTTP ${answer.status})`, {
    system: 'xero',
  });
}

/** @param wanted id or name; empty: the only one. @returns its id */
export async function organisationNamed(context: NodeContext, http: Http, wanted: string): Promise<string> {
  const known = await organisationsOf(context, http);
  const name = wanted.trim().toLowerCase();
  const found =
    wanted === ''
      ? known.length === 1
        ? known[0]
        : undefined
      : known.find((one) => one.tenantId === wanted || one.name.trim().toLowerCase() === name);
  if (found !== undefined) return found.tenantId;
  const names = known.map((one) => one.name).join(', ') || 'none';
  throw new NodeFault(
    wanted === '' ? 'No organisation is chosen' : `The Xero credential does not reach ${wanted}`,
    `Choose one of those that it reaches: ${names}.`,
  );
}
