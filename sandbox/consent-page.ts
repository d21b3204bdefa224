import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';

/** One of the vendor's organisations that the user may let the application into. */
export interface TenantChoice {
  readonly id: string;
  readonly name: string;
}

/** What the page says and asks. */
export interface ConsentPage {
  readonly vendor: string;
  readonly user: string;
  readonly scopes: readonly string[];
  /** Offered where the vendor's own page lets the user choose. */
  readonly tenants?: readonly TenantChoice[];
}

/** A sound request for the user's consent. */
export interface ConsentAsked {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly page: ConsentPage;
  /** The user says yes, for that tenant where the page has asked. Returns what the redirect carries. */
  accept(tenant: string | undefined): Readonly<Record<string, string>>;
}

/** An authorization request that gets no page: the redirect cannot be trusted, so the user stays here. */
export interface ConsentRefused {
  readonly status: number;
  readonly error: object;
}

const Decision = z.object({ decision: z.enum(['accept', 'deny']), tenant: z.string().optional() });

/**
 * The page where a signed-in user lets an application in, or does not. The buttons post back to the address of the
 * page, which holds the whole request.
 *
 * @param read what the query asks for
 */
export function serveConsent(
  scope: FastifyInstance,
  path: string,
  operation: string,
  read: (query: unknown) => ConsentAsked | ConsentRefused,
): void {
  scope.get(path, { config: { operation } }, (request, reply) => {
    const asked = read(request.query);
    if ('error' in asked) return reply.code(asked.status).send(asked.error);
    return reply.type('text/html; charset=utf-8').send(consentHtml(asked.page));
  });

  scope.post(path, { config: { operation: `${operation}.decide` } }, (request, reply) => {
    const asked = read(request.query);
    if ('error' in asked) return reply.code(asked.status).send(asked.error);
    const decision = Decision.safeParse(formOf(request.body));
    if (!decision.success) return reply.code(400).send({ error: 'invalid_request' });
    return sendBack(asked, decision.data, reply);
  });
}

function sendBack(
  { redirectUri, state, accept }: ConsentAsked,
  { decision, tenant }: z.infer<typeof Decision>,
  reply: FastifyReply,
): FastifyReply {
  const answer = decision === 'accept' ? accept(tenant) : { error: 'access_denied' };
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value);
  if (state !== undefined) target.searchParams.set('state', state);
  return reply.redirect(target.href);
}

/** Some simulators keep bodies as they came. */
function formOf(body: unknown): unknown {
  return Buffer.isBuffer(body) ? Object.fromEntries(new URLSearchParams(body.toString('utf8'))) : body;
}

function consentHtml({ vendor, user, scopes, tenants = [] }: ConsentPage): string {
  const options = tenants.map(({ id, name }) => `<option value="${escaped(id)}">${escaped(name)}</option>`);
  const choice =
    options.length === 0
      ? ''
      : `<p><label>Organisation <select name="tenant">${options.join('')}</select></label></p>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escaped(vendor)}: allow access?</title></head>
<body>
<main>
<h1>Allow access?</h1>
<p>An application asks to act for <strong>${escaped(user)}</strong> in the simulated ${escaped(vendor)}.</p>
<ul>${scopes.map((scope) => `<li>${escaped(scope)}</li>`).join('')}</ul>
<form method="post">
${choice}
<button name="decision" value="accept">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
