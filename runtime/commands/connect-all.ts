import type { Command } from 'commander';
import { addConnectMailchimp } from './connect-mailchimp.ts';
import { addConnectSalesforce } from './connect-salesforce.ts';
import { addConnectXero } from './connect-xero.ts';
import { addConnectZoho } from './connect-zoho.ts';

/** `stackbridge connect <system>`. */
export function addConnectCommand(program: Command): void {
  const connect = program
    .command('connect')
    .description('sign in to a system; what comes of it is kept sealed in the home')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge connect salesforce --client-id 3MVG9…
  $ stackbridge connect mailchimp --method key
  $ stackbridge connect xero --help`,
    );
  addConnectSalesforce(connect);
  addConnectMailchimp(connect);
  addConnectZoho(connect);
  addConnectXero(connect);
}
