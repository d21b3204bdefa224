import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class StackbridgeMailchimpOAuth2Api implements ICredentialType {
  name = 'stackbridgeMailchimpOAuth2Api';

  extends = ['oAuth2Api'];

  displayName = 'Stackbridge Mailchimp OAuth2 API';

  icon: Icon = { light: 'file:../icons/mailchimp.svg', dark: 'file:../icons/mailchimp.dark.svg' };

  documentationUrl = 'https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/';

  properties: INodeProperties[] = [
    { displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
    {
      displayName: 'Login URL',
      name: 'loginUrl',
      type: 'string',
      default: 'https://login.mailchimp.com',
      required: true,
      description: 'The login host of Mailchimp, or whatever speaks for it, such as the Stackbridge sandbox',
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: '',
      placeholder: 'http://127.0.0.1:4010/mailchimp/3.0',
      description:
        'Whatever speaks the Mailchimp API instead of your account. Leave it empty to use the data centre that the sign-in names.',
    },
    {
      displayName: 'Authorization URL',
      name: 'authUrl',
      type: 'hidden',
      default: '={{ $self["loginUrl"].replace(/\\/+$/, "") }}/oauth2/authorize',
    },
    {
      displayName: 'Access Token URL',
      name: 'accessTokenUrl',
      type: 'hidden',
      default: '={{ $self["loginUrl"].replace(/\\/+$/, "") }}/oauth2/token',
    },
    { displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
    { displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
    { displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
  ];
}
