import { SALESFORCE_LOGIN_HOSTS, SALESFORCE_SCOPES } from '@stackbridge/credentials/salesforce.ts';
import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class StackbridgeSalesforceOAuth2Api implements ICredentialType {
  name = 'stackbridgeSalesforceOAuth2Api';

  extends = ['oAuth2Api'];

  displayName = 'Stackbridge Salesforce OAuth2 API';

  icon: Icon = { light: 'file:../icons/salesforce.svg', dark: 'file:../icons/salesforce.dark.svg' };

  documentationUrl = 'https://help.salesforce.com/s/articleView?id=xcloud.external_client_apps.htm';

  properties: INodeProperties[] = [
    { displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'pkce' },
    {
      displayName: 'Login URL',
      name: 'loginUrl',
      type: 'string',
      default: SALESFORCE_LOGIN_HOSTS.production,
      required: true,
      description: `Where you log in: ${SALESFORCE_LOGIN_HOSTS.production} for production and Developer organisations, ${SALESFORCE_LOGIN_HOSTS.sandbox} for sandboxes, or your My Domain such as https://acme.my.salesforce.com`,
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: '',
      placeholder: 'http://127.0.0.1:4010/salesforce',
      description:
        'Whatever speaks the Salesforce API instead of your organisation, such as the Stackbridge sandbox. Leave it empty to use the instance that the sign-in names.',
    },
    {
      displayName: 'Authorization URL',
      name: 'authUrl',
      type: 'hidden',
      default: '={{ $self["loginUrl"].replace(/\\/+$/, "") }}/services/oauth2/authorize',
    },
    {
      displayName: 'Access Token URL',
      name: 'accessTokenUrl',
      type: 'hidden',
      default: '={{ $self["loginUrl"].replace(/\\/+$/, "") }}/services/oauth2/token',
    },
    { displayName: 'Scope', name: 'scope', type: 'hidden', default: SALESFORCE_SCOPES.join(' ') },
    { displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
    { displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
  ];

  test: ICredentialTestRequest = {
    request: {
      baseURL: '={{ $credentials.baseUrl || $credentials.oauthTokenData.instance_url }}',
      url: '/services/oauth2/userinfo',
    },
  };
}
