import { ZOHO_DATA_CENTRES, ZOHO_SCOPES } from '@stackbridge/credentials/zoho.ts';
import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** Canada's servers have a domain of their own. */
const DOMAIN = '($self["dataCentre"] === "ca" ? "zohocloud.ca" : "zoho." + $self["dataCentre"])';

const SERVER = `($self["loginUrl"] ? $self["loginUrl"].replace(/\\/+$/, "") : "https://accounts." + ${DOMAIN})`;

export class StackbridgeZohoOAuth2Api implements ICredentialType {
  name = 'stackbridgeZohoOAuth2Api';

  extends = ['oAuth2Api'];

  displayName = 'Stackbridge Zoho OAuth2 API';

  icon: Icon = { light: 'file:../icons/zoho.svg', dark: 'file:../icons/zoho.dark.svg' };

  documentationUrl = 'https://projects.zoho.com/api-docs';

  properties: INodeProperties[] = [
    { displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
    {
      displayName: 'Data Centre',
      name: 'dataCentre',
      type: 'options',
      options: ZOHO_DATA_CENTRES.map((name) => ({ name: `.${name}`, value: name })),
      default: 'com',
      description: 'The ending of the address at which you use Zoho: an account lives in one data centre',
    },
    {
      displayName: 'Login URL',
      name: 'loginUrl',
      type: 'string',
      default: '',
      placeholder: 'http://127.0.0.1:4010/zoho-accounts',
      description:
        'Whatever speaks for the accounts server of Zoho, such as the Stackbridge sandbox. Leave it empty to use that of the data centre.',
    },
    {
      displayName: 'Projects URL',
      name: 'projectsUrl',
      type: 'string',
      default: '',
      placeholder: 'http://127.0.0.1:4010/zoho-projects',
      description: 'Whatever speaks the API of Zoho Projects. Leave it empty to use that of the data centre.',
    },
    {
      displayName: 'Books URL',
      name: 'booksUrl',
      type: 'string',
      default: '',
      placeholder: 'http://127.0.0.1:4010/zoho-books',
      description: 'Whatever speaks the API of Zoho Books. Leave it empty to use that of the data centre.',
    },
    {
      displayName: 'Authorization URL',
      name: 'authUrl',
      type: 'hidden',
      default: `={{ ${SERVER} }}/oauth/v2/auth`,
    },
    {
      displayName: 'Access Token URL',
      name: 'accessTokenUrl',
      type: 'hidden',
      default: `={{ ${SERVER} }}/oauth/v2/token`,
    },
    { displayName: 'Scope', name: 'scope', type: 'hidden', default: ZOHO_SCOPES.join(',') },
    {
      displayName: 'Auth URI Query Parameters',
      name: 'authQueryParameters',
      type: 'hidden',
      default: 'access_type=offline&prompt=consent',
    },
    { displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
  ];

  test: ICredentialTestRequest = {
    request: {
      baseURL: `={{ $credentials.projectsUrl || "https://projectsapi." + ${DOMAIN.replaceAll('$self["dataCentre"]', '$credentials.dataCentre')} }}`,
      url: '/api/v3/portals',
    },
  };
}
