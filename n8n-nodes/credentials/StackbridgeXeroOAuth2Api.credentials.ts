import { XERO_ENDPOINTS, XERO_SCOPES, XERO_TIME_SCOPES } from '@stackbridge/credentials/xero.ts';
import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

const scopesWith = (...more: readonly string[]): string => [...XERO_SCOPES, ...more].join(' ');

export class StackbridgeXeroOAuth2Api implements ICredentialType {
  name = 'stackbridgeXeroOAuth2Api';

  extends = ['oAuth2Api'];

  displayName = 'Stackbridge Xero OAuth2 API';

  icon: Icon = { light: 'file:../icons/xero.svg', dark: 'file:../icons/xero.dark.svg' };

  documentationUrl = 'https://developer.xero.com/documentation/guides/oauth2/overview/';

  properties: INodeProperties[] = [
    { displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'pkce' },
    {
      displayName: 'Access To',
      name: 'scope',
      type: 'options',
      options: [
        { name: 'Invoices and Expenses', value: scopesWith() },
        { name: 'Invoices, Expenses and Payroll', value: scopesWith(...XERO_TIME_SCOPES.payroll) },
        { name: 'Invoices, Expenses and Projects', value: scopesWith(...XERO_TIME_SCOPES.projects) },
        {
          name: 'Invoices, Expenses, Projects and Payroll',
          value: scopesWith(...XERO_TIME_SCOPES.projects, ...XERO_TIME_SCOPES.payroll),
        },
      ],
      default: scopesWith(),
      description:
        'What the sign-in asks for. Projects or payroll are needed only to sync time entries there.',
    },
    {
      displayName: 'Webhook Key',
      name: 'webhookSecret',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      description:
        'For Stackbridge Xero Trigger only: the key that developer.xero.com shows under Webhooks of your app',
    },
    {
      displayName: 'Login URL',
      name: 'loginUrl',
      type: 'string',
      default: '',
      placeholder: 'http://127.0.0.1:4010/xero/identity',
      description:
        "Whatever speaks for Xero's identity hosts, such as the Stackbridge sandbox. Leave it empty to use those.",
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: '',
      placeholder: 'http://127.0.0.1:4010/xero',
      description: "Whatever speaks Xero's API. Leave it empty to use Xero's own host.",
    },
    {
      displayName: 'Authorization URL',
      name: 'authUrl',
      type: 'hidden',
      default: `={{ $self["loginUrl"] ? $self["loginUrl"].replace(/\\/+$/, "") + "/connect/authorize" : "${XERO_ENDPOINTS.authorizationUrl}" }}`,
    },
    {
      displayName: 'Access Token URL',
      name: 'accessTokenUrl',
      type: 'hidden',
      default: `={{ $self["loginUrl"] ? $self["loginUrl"].replace(/\\/+$/, "") + "/connect/token" : "${XERO_ENDPOINTS.tokenUrl}" }}`,
    },
    { displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
    { displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'header' },
  ];

  test: ICredentialTestRequest = {
    request: {
      baseURL: `={{ $credentials.baseUrl || "${XERO_ENDPOINTS.baseUrl}" }}`,
      url: '/connections',
    },
  };
}
