import { expect, test } from '@jest/globals';
import {
  mailchimpAccess,
  mailchimpAccountName,
  mailchimpBaseUrlOfKey,
  mailchimpBaseUrlOfMetadata,
  mailchimpMetadataRequest,
  mailchimpProof,
} from '@stackbridge/credentials/mailchimp.ts';

test('a key names its data centre', () => {
  expect(mailchimpBaseUrlOfKey('0123456789abcdef0123456789abcdef-us19')).toBe(
    'https://us19.api.mailchimp.com/3.0',
  );
  expect(mailchimpBaseUrlOfKey('0123456789abcdef0123456789abcdef')).toBeUndefined();
  expect(mailchimpBaseUrlOfKey('key-evil.example/us1')).toBeUndefined();
});

test('a key travels by Basic authorization, a token by Bearer', () => {
  expect(mailchimpAccess('https://us1.api.mailchimp.com/3.0/', { apiKey: 'k-us1' })).toEqual({
    baseUrl: 'https://us1.api.mailchimp.com/3.0',
    headers: { authorization: `Basic ${Buffer.from('stackbridge:k-us1').toString('base64')}` },
  });
  expect(mailchimpAccess('http://127.0.0.1:1/3.0', { accessToken: 't' }).headers).toEqual({
    authorization: 'Bearer t',
  });
});

test("a token's data centre is asked of the login host, and believed only on Mailchimp's own hosts", () => {
  const answer = (api_endpoint: string) => ({
    status: 200,
    headers: {},
    body: JSON.stringify({ dc: 'us3', accountname: 'Acme', api_endpoint }),
  });

  expect(mailchimpMetadataRequest('t0ken')).toEqual({
    method: 'GET',
    url: 'https://login.mailchimp.com/oauth2/metadata',
    headers: { authorization: 'OAuth t0ken' },
  });
  expect(mailchimpBaseUrlOfMetadata(answer('https://us3.api.mailchimp.com'))).toBe(
    'https://us3.api.mailchimp.com/3.0',
  );
  expect(mailchimpBaseUrlOfMetadata(answer('https://us3.api.mailchimp.com.evil.example'))).toBeUndefined();
  expect(mailchimpBaseUrlOfMetadata(answer('http://us3.api.mailchimp.com'))).toBeUndefined();
  expect(mailchimpBaseUrlOfMetadata({ status: 401, headers: {}, body: '{}' })).toBeUndefined();
});

test('the proof of a key names the account', () => {
  const access = mailchimpAccess('https://us1.api.mailchimp.com/3.0', { apiKey: 'k-us1' });

  expect(mailchimpProof(access).url).toBe(
    'https://us1.api.mailchimp.com/3.0/?fields=account_name,login_name',
  );
  expect(mailchimpAccountName({ status: 200, headers: {}, body: '{"account_name":"Acme"}' })).toBe('Acme');
  expect(
    mailchimpAccountName({ status: 401, headers: {}, body: '{"title":"API Key Invalid"}' }),
  ).toBeUndefined();
});
