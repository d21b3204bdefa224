import {
  type XeroOrganisation,
  xeroConnectionsRequest,
  xeroOrganisations,
} from '@stackbridge/credentials/xero.ts';
import type { SystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import { StepFault } from '../errors/step-fault.ts';
import type { Step } from '../step.ts';
import { clientOf } from './client.ts';
import { accountOf } from './connection.ts';
import { refusalOf } from './refusal.ts';

/** The organisations that the chosen account reaches; costs nothing of Xero's limits. */
export async function organisationsOf({ bundle, ports }: Step): Promise<XeroOrganisation[]> {
  const { api_url, access_token } = accountOf('xero', bundle.authData);
  const answer = await ports.http.send(xeroConnectionsRequest(api_url, access_token));
  const organisations = xeroOrganisations(answer);
  if (organisations === undefined) throw refusalOf(answer, 'xero');
  return organisations;
}

/** A client of one organisation. @param organisation its id, or its name; absent: the only one */
export async function xeroClient(step: Step, organisation: string | undefined): Promise<SystemClient> {
  return clientOfOrganisation(step, await organisationNamed(step, organisation));
}

export function clientOfOrganisation(
  { bundle, ports }: Step,
  { tenantId }: Pick<XeroOrganisation, 'tenantId'>,
): SystemClient {
  return clientOf({ system: 'xero', tenantId }, bundle.authData, ports);
}

/** @param organisation its id, or its name; absent: the only one. @throws StepFault where the account has no such */
export async function organisationNamed(
  step: Step,
  organisation: string | undefined,
): Promise<XeroOrganisation> {
  const known = await organisationsOf(step);
  const wanted = organisation?.trim().toLowerCase();
  const found =
    wanted === undefined
      ? known.length === 1
        ? known[0]
        : undefined
      : known.find(({ tenantId, name }) => tenantId === organisation || name.trim().toLowerCase() === wanted);
  if (found !== undefined) return found;
  const names = known.map(({ name }) => name).join(', ') || 'none';
  throw new StepFault(
    'WRONG_INPUT',
    wanted === undefined
      ? `The Xero account reaches ${known.length} organisations: choose one of ${names}.`
      : `The Xero account does not reach ${organisation}; it reaches ${names}.`,
  );
}
