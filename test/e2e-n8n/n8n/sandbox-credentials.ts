import { z } from 'zod';
import type { SimulatedSystems } from '../../bench/simulated-systems.ts';
import type { N8nClient } from './client.ts';
import {
  type CredentialDraft,
  type CredentialName,
  createCredential,
  signInToVendor,
} from './credentials.ts';

const place = z.object({ clientId: z.string(), clientSecret: z.string(), loginUrl: z.string() });
const zohoPlace = place.extend({ projectsUrl: z.string(), booksUrl: z.string() });
const xeroPlace = place.extend({ baseUrl: z.string() });

/** The pack's credentials, by type. */
export type PackCredentials = Readonly<Record<string, CredentialName>>;

/** What developer.xero.com would show under the app's webhooks. */
export const XERO_WEBHOOK_KEY = 'a-key-of-the-app';

/** As a person fills the credential screens in who rehearses with the sandbox. */
export function draftsOf({ signIns }: Pick<SimulatedSystems, 'signIns'>): CredentialDraft[] {
  const mailchimp = place.parse(signIns.mailchimp);
  return [
    {
      name: 'Sandbox Salesforce',
      type: 'stackbridgeSalesforceOAuth2Api',
      data: place.parse(signIns.salesforce),
    },
    {
      name: 'Sandbox Mailchimp',
      type: 'stackbridgeMailchimpOAuth2Api',
      data: { ...mailchimp, baseUrl: `${mailchimp.loginUrl}/3.0` },
    },
    { name: 'Sandbox Zoho', type: 'stackbridgeZohoOAuth2Api', data: zohoPlace.parse(signIns.zoho) },
    {
      name: 'Sandbox Xero',
      type: 'stackbridgeXeroOAuth2Api',
      data: { ...xeroPlace.parse(signIns.xero), webhookSecret: XERO_WEBHOOK_KEY },
    },
  ];
}

const key = z.object({ baseUrl: z.url(), apiKey: z.string() });

/** The credential that takes a key of Mailchimp instead of a sign-in. */
export function keyDraft({ connections }: Pick<SimulatedSystems, 'connections'>): CredentialDraft {
  return {
    name: 'Sandbox Mailchimp key',
    type: 'stackbridgeMailchimpApi',
    data: key.parse(connections.mailchimp),
  };
}

/** Creates all that are signed in to, and allows the access on each system's own page. */
export async function connectAll(
  client: N8nClient,
  systems: Pick<SimulatedSystems, 'signIns'>,
): Promise<PackCredentials> {
  const connected: Record<string, CredentialName> = {};
  for (const draft of draftsOf(systems)) {
    const credential = await createCredential(client, draft);
    await signInToVendor(client, credential);
    connected[draft.type] = credential;
  }
  return connected;
}
