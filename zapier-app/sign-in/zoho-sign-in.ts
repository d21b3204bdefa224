import {
  refreshZoho,
  takeZohoConsent,
  ZOHO_DATA_CENTRES,
  type ZohoDataCentre,
  zohoAccountsEndpoints,
  zohoConsentPage,
  zohoDataCentreOfAccounts,
  zohoEndpoints,
} from '@stackbridge/credentials/zoho.ts';
import type { AuthData } from '../connection/auth-data.ts';
import { StepFault } from '../errors/step-fault.ts';
import type { AppEnvironment } from './app-environment.ts';
import type { RenewableSignIn, SignInChoices } from './sign-in.ts';

type Account = Extract<AuthData, { system: 'zoho' }>;

export const zohoSignIn: RenewableSignIn<Account> = {
  page: (choices, app) => zohoConsentPage(firstServer(choices, app)),

  async take({ attempt, answer, app, choices }, http) {
    const configured = app.loginUrl === undefined ? [] : [app.loginUrl];
    const { clientSecret } = app;
    const signIn = await takeZohoConsent(attempt, answer, { clientSecret, configured }, http);
    const centre = zohoDataCentreOfAccounts(signIn.accountsServer) ?? dataCentreOf(choices);
    const { projectsUrl, booksUrl } = zohoEndpoints(centre);
    return {
      system: 'zoho',
      access_token: signIn.accessToken,
      refresh_token: signIn.refreshToken,
      projects_url: app.apiUrl('projects') ?? projectsUrl,
      books_url: app.apiUrl('books') ?? booksUrl,
      token_url: zohoAccountsEndpoints(signIn.accountsServer).tokenUrl,
    };
  },

  async refresh(account, { clientId, clientSecret }, http) {
    const { token_url: tokenUrl, refresh_token: refreshToken } = account;
    const { accessToken } = await refreshZoho({ tokenUrl, clientId, clientSecret, refreshToken }, http);
    return { ...account, access_token: accessToken };
  },
};

/** Where the user begins; the answer says where the account lives. */
function firstServer(choices: SignInChoices, { loginUrl }: AppEnvironment): string {
  return loginUrl ?? new URL(zohoEndpoints(dataCentreOf(choices)).tokenUrl).origin;
}

function dataCentreOf({ zoho_data_centre: chosen }: SignInChoices): ZohoDataCentre {
  const known = ZOHO_DATA_CENTRES.find((dataCentre) => dataCentre === chosen);
  if (known !== undefined) return known;
  throw new StepFault(
    'WRONG_INPUT',
    `Zoho has no data centre "${chosen}"; it has ${ZOHO_DATA_CENTRES.join(', ')}.`,
  );
}
