import { z } from 'zod';
import { StackbridgeError } from '../../errors/stackbridge-error.ts';
import { parseExactBodyAs } from '../../http/exact-json.ts';
import type { SystemClient } from '../../http/system-client.ts';
import { Flag } from './fields.ts';

const Organisations = z.object({
  organizations: z.array(z.object({ organization_id: z.string(), name: z.string(), is_default_org: Flag })),
});

/**
 * The id that every call names.
 *
 * @param nameOrId absent: the only organisation, or the user's default
 * @throws StackbridgeError `RECIPE_INVALID` where there is no such organisation, or none stands out
 */
export async function findOrganisation(client: SystemClient, nameOrId: string | undefined): Promise<string> {
  const organizations = await listOrganisations(client);
  const wanted = nameOrId?.toLowerCase();
  const found =
    wanted === undefined
      ? organizations.length === 1
        ? organizations[0]
        : organizations.find(({ is_default_org }) => is_default_org)
      : organizations.find(
          ({ organization_id, name }) => organization_id === nameOrId || name.toLowerCase() === wanted,
        );
  if (found !== undefined) return found.organization_id;
  const names = organizations.map(({ name }) => name).join(', ');
  throw new StackbridgeError(
    'RECIPE_INVALID',
    nameOrId === undefined
      ? `Zoho Books has ${organizations.length} organisations and no default one: name one of ${names}`
      : `Zoho Books has no organisation ${nameOrId} for this account; it has ${names || 'none'}`,
    { system: 'zoho-books' },
  );
}

/** Every organisation of the account. */
export async function listOrganisations(
  client: SystemClient,
): Promise<z.infer<typeof Organisations>['organizations']> {
  const answer = await client.send({ method: 'GET', path: '/books/v3/organizations' }, { repeatable: true });
  return parseExactBodyAs(Organisations, answer.body, 'zoho-books').organizations;
}
