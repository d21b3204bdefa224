import { XERO_SCOPES, XERO_TIME_SCOPES } from '@stackbridge/credentials/xero.ts';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { signInToXero, signInXeroCustom } from '../sign-in/sign-in-xero.ts';
import { optionsOf } from './act.ts';
import { addressOption, addSignInCommand } from './connect.ts';

const METHODS = ['consent', 'client'] as const;

const options = z.object({
  method: z.enum(METHODS).default('consent'),
  time: z.boolean().default(false),
  organisation: z.string().optional(),
  loginUrl: addressOption('--login-url'),
  baseUrl: addressOption('--base-url'),
});

export function addConnectXero(connect: Command): void {
  addSignInCommand(connect, 'xero', async (command, tools) => {
    const { method, time, organisation, loginUrl, baseUrl } = optionsOf(command, options);
    const place = { organisation, loginUrl, baseUrl };
    const clientId = tools.clientId();
    if (method === 'client')
      return signInXeroCustom(place, { clientId, clientSecret: await tools.clientSecret() }, tools.ports);
    const scopes = time
      ? [...XERO_SCOPES, ...XERO_TIME_SCOPES.projects, ...XERO_TIME_SCOPES.payroll]
      : XERO_SCOPES;
    return signInToXero(
      place,
      scopes,
      { clientId, clientSecret: await tools.clientSecretIfAny() },
      tools.ports,
    );
  })
    .addOption(
      new Option(
        '--method <method>',
        'consent: in a browser; client: a custom connection of one organisation',
      )
        .choices(METHODS)
        .default('consent'),
    )
    .option('--organisation <name>', 'or its tenant id, where there are several')
    .option('--time', 'ask for projects and payroll timesheets, too')
    .option('--login-url <url>', "whatever speaks for Xero's identity hosts")
    .option('--base-url <url>', "whatever speaks Xero's APIs")
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge connect xero --client-id 5AB…
  $ stackbridge connect xero --client-id 5AB… --organisation "Acme Pty Ltd" --no-browser
  $ stackbridge connect xero --client-id 5AB… --method client --client-secret-file secret.txt`,
    );
}
