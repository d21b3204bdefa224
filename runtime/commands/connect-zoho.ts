import { ZOHO_DATA_CENTRES } from '@stackbridge/credentials/zoho.ts';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { signInToZoho, zohoUrls } from '../sign-in/sign-in-zoho.ts';
import { optionsOf } from './act.ts';
import { addressOption, addSignInCommand } from './connect.ts';

const options = z.object({
  dataCentre: z.enum(ZOHO_DATA_CENTRES).default('com'),
  portal: z.string().optional(),
  organisation: z.string().optional(),
  loginUrl: addressOption('--login-url'),
  projectsUrl: addressOption('--projects-url'),
  booksUrl: addressOption('--books-url'),
});

export function addConnectZoho(connect: Command): void {
  addSignInCommand(connect, 'zoho', async (command, tools) => {
    const { dataCentre, portal, organisation, loginUrl, projectsUrl, booksUrl } = optionsOf(command, options);
    const place = { dataCentre, portal, organisation, urls: zohoUrls(loginUrl, projectsUrl, booksUrl) };
    const client = { clientId: tools.clientId(), clientSecret: await tools.clientSecret() };
    return signInToZoho(place, client, tools.ports);
  })
    .addOption(
      new Option('--data-centre <which>', 'where the application is registered, as in zoho.eu')
        .choices(ZOHO_DATA_CENTRES)
        .default('com'),
    )
    .option('--portal <name>', 'of Zoho Projects, where there are several')
    .option('--organisation <name>', 'in Zoho Books, where there are several')
    .option('--login-url <url>', 'whatever speaks for an accounts server')
    .option('--projects-url <url>', 'whatever speaks the API of Zoho Projects')
    .option('--books-url <url>', 'whatever speaks the API of Zoho Books')
    .addHelpText(
      'after',
      `
Examples:
  $ stackbridge connect zoho --client-id 1000.…
  $ stackbridge connect zoho --client-id 1000.… --data-centre eu --portal acme --organisation "Acme GmbH"`,
    );
}
