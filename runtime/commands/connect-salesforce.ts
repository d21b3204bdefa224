import { type Command, Option } from 'commander';
import { z } from 'zod';
import { contentOf } from '../sign-in/ask-in-terminal.ts';
import { signInSalesforceByKey, signInToSalesforce } from '../sign-in/sign-in-salesforce.ts';
import { optionsOf } from './act.ts';
import { addressOption, addSignInCommand } from './connect.ts';
import { UsageError } from './usage-error.ts';

const METHODS = ['consent', 'jwt'] as const;
const ENVIRONMENTS = ['production', 'sandbox'] as const;

const options = z.object({
  method: z.enum(METHODS).default('consent'),
  environment: z.enum(ENVIRONMENTS).default('production'),
  loginUrl: addressOption('--login-url'),
  username: z.string().optional(),
  privateKeyFile: z.string().optional(),
});

export function addConnectSalesforce(connect: Command): void {
  addSignInCommand(connect, 'salesforce', async (command, tools) => {
    const { method, environment, loginUrl, username, privateKeyFile } = optionsOf(command, options);
    const place = { environment, loginUrl };
    const clientId = tools.clientId();
    if (method === 'consent')
      return signInToSalesforce(
        place,
        { clientId, clientSecret: await tools.clientSecretIfAny() },
        tools.ports,
      );
    const user = tools.setting('user to sign in as', 'USERNAME', '--username', username);
    return signInSalesforceByKey(
      place,
      { clientId, username: user, pem: pemOf(privateKeyFile) },
      tools.ports,
    );
  })
    .addOption(
      new Option('--method <method>', 'consent: in a browser; jwt: a server with a key')
        .choices(METHODS)
        .default('consent'),
    )
    .addOption(
      new Option('--environment <which>', "sandbox is Salesforce's own kind of test organisation")
        .choices(ENVIRONMENTS)
        .default('production'),
    )
    .option('--login-url <url>', 'My Domain, or whatever speaks for one')
    .option('--username <name>', 'jwt: who to sign in as (or $STACKBRIDGE_SALESFORCE_USERNAME)')
    .option('--private-key-file <file>', 'jwt: RSA key in PEM (or $STACKBRIDGE_SALESFORCE_PRIVATE_KEY)')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge connect salesforce --client-id 3MVG9…
  $ stackbridge connect salesforce --client-id 3MVG9… --login-url https://acme.my.salesforce.com --no-browser
  $ stackbridge connect salesforce --client-id 3MVG9… --method jwt --username sync@acme.example --private-key-file key.pem`,
    );
}

function pemOf(file: string | undefined): string {
  const given = file === undefined ? process.env.STACKBRIDGE_SALESFORCE_PRIVATE_KEY : contentOf(file);
  if (given) return given;
  throw new UsageError(
    'The private key is not given',
    'Give --private-key-file FILE, or put it into STACKBRIDGE_SALESFORCE_PRIVATE_KEY',
  );
}
