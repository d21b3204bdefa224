import type {
  IAuthenticateGeneric,
  ICredentialTestRequest,
  ICredentialType,
  Icon,
  INodeProperties,
} from 'n8n-workflow';

export class StackbridgeMailchimpApi implements ICredentialType {
  name = 'stackbridgeMailchimpApi';

  displayName = 'Stackbridge Mailchimp API';

  icon: Icon = { light: 'file:../icons/mailchimp.svg', dark: 'file:../icons/mailchimp.dark.svg' };

  documentationUrl = 'https://mailchimp.com/developer/marketing/guides/quick-start/#generate-your-api-key';

  properties: INodeProperties[] = [
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description: 'It ends with a dash and the data centre of your account, such as -us19',
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: '',
      placeholder: 'http://127.0.0.1:4010/mailchimp/3.0',
      description:
        'Whatever speaks the Mailchimp API instead of your account, such as the Stackbridge sandbox. Leave it empty to use the data centre that the key names.',
    },
  ];

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { auth: { username: 'stackbridge', password: '={{ $credentials.apiKey }}' } },
  };

  test: ICredentialTestRequest = {
    request: {
      baseURL:
        '={{ $credentials.baseUrl || "https://" + $credentials.apiKey.split("-").pop() + ".api.mailchimp.com/3.0" }}',
      url: '/?fields=account_name',
    },
  };
}
