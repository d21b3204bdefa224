import { z } from 'zod';
import { answerConsent } from '../../support/consent-page.ts';
import type { N8nClient } from './client.ts';
import { EDITOR_URL } from './process.ts';

export interface CredentialDraft {
  readonly name: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** How a workflow's node names a credential. */
export interface CredentialName {
  readonly id: string;
  readonly name: string;
}

export async function createCredential(client: N8nClient, draft: CredentialDraft): Promise<CredentialName> {
  const { id } = await client.ask('POST', '/credentials', z.object({ id: z.string() }), draft);
  return { id, name: draft.name };
}

/** "Connect my account" of the credential screen: a person allows the access on the vendor's own page. */
export async function signInToVendor(client: N8nClient, { id }: CredentialName): Promise<void> {
  const address = await client.ask('GET', `/oauth2-credential/auth?id=${id}`, z.url());
  const callback = await answerConsent(address);
  const { name, value } = client.cookie;
  // As a proxy in front of n8n does.
  const answer = await fetch(callback.replace(EDITOR_URL, client.baseUrl), {
    headers: { cookie: `${name}=${value}` },
  });
  const page = await answer.text();
  if (!answer.ok || !page.includes('Connection successful'))
    throw new Error(`n8n did not take the sign-in: ${answer.status} ${page.slice(0, 2000)}`);
}
