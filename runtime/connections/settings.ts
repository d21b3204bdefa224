import { isSafeForSecrets } from '@stackbridge/credentials/loopback.ts';
import { mailchimpBaseUrlOfKey } from '@stackbridge/credentials/mailchimp.ts';
import { ZOHO_DATA_CENTRES } from '@stackbridge/credentials/zoho.ts';
import { z } from 'zod';

/** Secrets travel in headers and forms: no blanks, no line breaks, no letters beyond ASCII. */
const secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without blanks');

const url = z
  .string()
  .trim()
  .refine(isSafeForSecrets, 'must be an https URL (http only on this machine: 127.0.0.1, localhost)');

const salesforce = z
  .strictObject({
    /** Which login host issues tokens where `tokenUrl` does not say; default `production`. */
    environment: z.enum(['production', 'sandbox']).exactOptional(),
    /** The instance, or whatever speaks Salesforce's API; found by the first refresh where it is absent. */
    baseUrl: url.exactOptional(),
    tokenUrl: url.exactOptional(),
    clientId: secret.exactOptional(),
    clientSecret: secret.exactOptional(),
    refreshToken: secret.exactOptional(),
    accessToken: secret.exactOptional(),
    /** Who a server signs in as, by JWT bearer with the privateKey. */
    username: secret.exactOptional(),
    /** PKCS #8 PEM; its certificate is uploaded to the application. */
    privateKey: z
      .string()
      .trim()
      .regex(
        /^-----BEGIN PRIVATE KEY-----\s/,
        'must be a PKCS #8 key in PEM (openssl pkcs8 -topk8 -nocrypt makes one)',
      )
      .exactOptional(),
  })
  .check(({ value, issues }) => {
    const missing = (path: string, message: string): void => {
      issues.push({ code: 'custom', input: undefined, path: [path], message });
    };
    const isServer = value.privateKey !== undefined;
    if (value.refreshToken === undefined && value.accessToken === undefined && !isServer)
      missing(
        'refreshToken',
        'is missing (or give an accessToken with a baseUrl, or a username with a privateKey)',
      );
    if (value.refreshToken !== undefined && value.clientId === undefined)
      missing('clientId', 'is missing: a refreshToken belongs to a client');
    if (isServer && value.clientId === undefined)
      missing('clientId', 'is missing: a privateKey belongs to a client');
    if (isServer && value.username === undefined)
      missing('username', 'is missing: a privateKey signs in as a user');
    if (value.refreshToken === undefined && value.accessToken !== undefined && value.baseUrl === undefined)
      missing('baseUrl', 'is missing: an accessToken belongs to an instance');
  });

const mailchimp = z
  .strictObject({
    /** `https://us19.api.mailchimp.com/3.0`; found from the key or the token where it is absent. */
    baseUrl: url.exactOptional(),
    apiKey: secret.exactOptional(),
    accessToken: secret.exactOptional(),
  })
  .check(({ value, issues }) => {
    const fault = (path: string, message: string): void => {
      issues.push({ code: 'custom', input: undefined, path: [path], message });
    };
    if (value.apiKey === undefined && value.accessToken === undefined)
      fault('apiKey', 'is missing (or give an accessToken)');
    if (value.apiKey !== undefined && value.accessToken !== undefined)
      fault('accessToken', 'and apiKey are both given: one is enough');
    if (value.apiKey !== undefined && value.baseUrl === undefined && !mailchimpBaseUrlOfKey(value.apiKey))
      fault('apiKey', 'names no data centre (…-us19): give a baseUrl too');
  });

/** One sign-in for Projects and Books: its scopes name both. */
const zoho = z
  .strictObject({
    /** Where the account lives, as in `zoho.eu`; default `com`. */
    dataCentre: z.enum(ZOHO_DATA_CENTRES).exactOptional(),
    clientId: secret.exactOptional(),
    clientSecret: secret.exactOptional(),
    refreshToken: secret.exactOptional(),
    accessToken: secret.exactOptional(),
    tokenUrl: url.exactOptional(),
    /** Whatever speaks the API of Zoho Projects; the data centre's own where it is absent. */
    projectsUrl: url.exactOptional(),
    /** Whatever speaks the API of Zoho Books; the one that the token endpoint names where it is absent. */
    booksUrl: url.exactOptional(),
    /** Portal of Zoho Projects, by name or id, where a recipe names none and there are several. */
    portal: z.string().trim().min(1).exactOptional(),
    /** Organisation in Zoho Books, likewise. */
    organisation: z.string().trim().min(1).exactOptional(),
  })
  .check(({ value, issues }) => {
    const missing = (path: string, message: string): void => {
      issues.push({ code: 'custom', input: undefined, path: [path], message });
    };
    if (value.refreshToken === undefined && value.accessToken === undefined)
      missing('refreshToken', 'is missing (or give an accessToken, which ends after an hour)');
    if (value.refreshToken !== undefined && value.clientId === undefined)
      missing('clientId', 'is missing: a refreshToken belongs to a client');
    if (value.refreshToken !== undefined && value.clientSecret === undefined)
      missing('clientSecret', 'is missing: Zoho knows no public clients');
  });

const xero = z
  .strictObject({
    /** The host of Xero's APIs, or whatever speaks them; default `https://api.xero.com`. */
    baseUrl: url.exactOptional(),
    tokenUrl: url.exactOptional(),
    clientId: secret.exactOptional(),
    clientSecret: secret.exactOptional(),
    refreshToken: secret.exactOptional(),
    accessToken: secret.exactOptional(),
    /** Which organisation, where the sign-in reaches several. */
    tenantId: secret.exactOptional(),
    /** Its name, instead of the tenantId. */
    organisation: z.string().trim().min(1).exactOptional(),
  })
  .check(({ value, issues }) => {
    const fault = (path: string, message: string): void => {
      issues.push({ code: 'custom', input: undefined, path: [path], message });
    };
    const { refreshToken, accessToken, clientId, clientSecret, tenantId, organisation } = value;
    const isCustomConnection = clientId !== undefined && clientSecret !== undefined;
    if (refreshToken === undefined && accessToken === undefined && !isCustomConnection)
      fault('refreshToken', 'is missing (or give the clientId and clientSecret of a custom connection)');
    if (refreshToken !== undefined && clientId === undefined)
      fault('clientId', 'is missing: a refreshToken belongs to a client');
    if (tenantId !== undefined && organisation !== undefined)
      fault('organisation', 'and tenantId are both given: one is enough');
  });

export const SYSTEM_SETTINGS = { salesforce, mailchimp, zoho, xero } as const;

/** The `--connections` file: how each system is reached and signed in to. */
export const connectionSettings = z.strictObject({
  salesforce: salesforce.exactOptional(),
  mailchimp: mailchimp.exactOptional(),
  zoho: zoho.exactOptional(),
  xero: xero.exactOptional(),
});

export type ConnectionSettings = z.infer<typeof connectionSettings>;
export type SalesforceSettings = z.infer<typeof salesforce>;
export type MailchimpSettings = z.infer<typeof mailchimp>;
export type ZohoSettings = z.infer<typeof zoho>;
export type XeroSettings = z.infer<typeof xero>;
