import {
  takeZohoConsent,
  type ZohoDataCentre,
  zohoAccess,
  zohoAccountsEndpoints,
  zohoBooksProof,
  zohoConsentPage,
  zohoDataCentreOfAccounts,
  zohoEndpoints,
  zohoOrganisations,
  zohoPortals,
  zohoProof,
} from '@stackbridge/credentials/zoho.ts';
import { UsageError } from '../commands/usage-error.ts';
import { answerTo, notAccepted, type RegisteredClient, type SignedIn, type SignInPorts } from './sign-in.ts';

export interface ZohoPlace {
  /** Where the user begins; Zoho sends on whoever lives elsewhere. */
  readonly dataCentre: ZohoDataCentre;
  /** Whatever speaks for an accounts server, for Projects and for Books; all three or none. */
  readonly urls: Readonly<Record<'login' | 'projects' | 'books', string>> | undefined;
  readonly portal: string | undefined;
  readonly organisation: string | undefined;
}

/** A user of the account consents, to both products at once. */
export async function signInToZoho(
  { dataCentre, urls, portal, organisation }: ZohoPlace,
  { clientId, clientSecret }: RegisteredClient,
  ports: SignInPorts,
): Promise<SignedIn> {
  const server = urls?.login ?? new URL(zohoEndpoints(dataCentre).authorizationUrl).origin;
  const { attempt, answer } = await ports.askUser(zohoConsentPage(server), clientId);
  const configured = urls === undefined ? [] : [urls.login];
  const signIn = await takeZohoConsent(attempt, answer, { clientSecret, configured }, ports.http);
  const { accessToken, refreshToken, accountsServer } = signIn;
  const home = placeOf(accountsServer, urls);
  const offered = await offeredTo(accessToken, home, ports);
  const chosen = {
    portal: await ports.choose({
      what: 'portal',
      option: '--portal',
      wanted: portal,
      offered: offered.portals,
    }),
    organisation: await ports.choose({
      what: 'organisation in Books',
      option: '--organisation',
      wanted: organisation,
      offered: offered.organisations,
    }),
  };
  return {
    method: 'consent',
    account: `${chosen.portal} (Books: ${chosen.organisation})`,
    settings: { ...home.settings, ...chosen, clientId, clientSecret, refreshToken, accessToken },
  };
}

interface Home {
  readonly projectsUrl: string;
  readonly booksUrl: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** Where the account lives, as its accounts server tells. */
function placeOf(accountsServer: string, urls: ZohoPlace['urls']): Home {
  const dataCentre = zohoDataCentreOfAccounts(accountsServer);
  if (dataCentre !== undefined) return { ...zohoEndpoints(dataCentre), settings: { dataCentre } };
  if (urls === undefined) throw new Error('A server that is not Zoho’s own has been named by the user');
  const { projects: projectsUrl, books: booksUrl } = urls;
  const { tokenUrl } = zohoAccountsEndpoints(accountsServer);
  return { projectsUrl, booksUrl, settings: { tokenUrl, projectsUrl, booksUrl } };
}

async function offeredTo(
  accessToken: string,
  { projectsUrl, booksUrl }: Home,
  { http }: SignInPorts,
): Promise<Readonly<Record<'portals' | 'organisations', readonly string[]>>> {
  const projects = await answerTo(zohoProof(zohoAccess(projectsUrl, accessToken)), http, 'zoho');
  const books = await answerTo(zohoBooksProof(zohoAccess(booksUrl, accessToken)), http, 'zoho');
  const [portals, organisations] = [zohoPortals(projects), zohoOrganisations(books)];
  if (portals === undefined)
    throw notAccepted(`Zoho Projects does not accept the sign-in (HTTP ${projects.status})`, 'zoho');
  if (organisations === undefined)
    throw notAccepted(`Zoho Books does not accept the sign-in (HTTP ${books.status})`, 'zoho');
  return { portals, organisations };
}

/** @throws UsageError where some are given and some are not */
export function zohoUrls(
  login: string | undefined,
  projects: string | undefined,
  books: string | undefined,
): ZohoPlace['urls'] {
  if (login === undefined && projects === undefined && books === undefined) return undefined;
  if (login !== undefined && projects !== undefined && books !== undefined) return { login, projects, books };
  throw new UsageError(
    'Zoho has three addresses of its own, and only some are given',
    'Give --login-url, --projects-url and --books-url together, or none of them',
  );
}
