import { type Command, Option } from 'commander';
import { z } from 'zod';
import { signInMailchimpByKey, signInToMailchimp } from '../sign-in/sign-in-mailchimp.ts';
import { optionsOf } from './act.ts';
import { addressOption, addSignInCommand } from './connect.ts';

const METHODS = ['consent', 'key'] as const;

const options = z.object({
  method: z.enum(METHODS).default('consent'),
  loginUrl: addressOption('--login-url'),
  baseUrl: addressOption('--base-url'),
  apiKeyFile: z.string().optional(),
});

export function addConnectMailchimp(connect: Command): void {
  addSignInCommand(connect, 'mailchimp', async (command, tools) => {
    const { method, loginUrl, baseUrl, apiKeyFile } = optionsOf(command, options);
    if (method === 'consent') {
      const client = { clientId: tools.clientId(), clientSecret: await tools.clientSecret() };
      return signInToMailchimp(loginUrl, client, tools.ports);
    }
    const apiKey = await tools.secret({
      what: 'API key of Mailchimp',
      key: 'API_KEY',
      option: '--api-key-file',
      file: apiKeyFile,
    });
    return signInMailchimpByKey(apiKey, baseUrl, tools.ports);
  })
    .addOption(
      new Option('--method <method>', 'consent: in a browser; key: an API key')
        .choices(METHODS)
        .default('consent'),
    )
    .option('--api-key-file <file>', 'key: the API key (or $STACKBRIDGE_MAILCHIMP_API_KEY, or asked for)')
    .option('--login-url <url>', "whatever speaks for Mailchimp's login host")
    .option('--base-url <url>', 'key: whatever speaks the API (default: the data centre that the key names)')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge connect mailchimp --client-id 715…
  $ stackbridge connect mailchimp --method key
  $ stackbridge connect mailchimp --method key --api-key-file - < key.txt`,
    );
}
