import { openConnections } from 'stackbridge/connections/open-connections.ts';
import { createHttp } from 'stackbridge/http.ts';
import { openTestVault } from './vault.ts';

/**
 * A process that finds its token refused when it is told to go on, and prints what it goes on with. Run as
 * `node renew-in-child.ts CONNECTIONS-FILE VAULT SYSTEM`.
 */
const [, , file = '', vault = '', system] = process.argv;
if (system !== 'salesforce' && system !== 'xero' && system !== 'zoho-books')
  throw new Error(`No such system: ${system}`);
const http = createHttp();
const connections = await openConnections(file, openTestVault(vault), { http, environment: {} });
const connection = connections.open(system);
const refused = await connection.access();
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
const { baseUrl, headers } = await connection.renew(refused);
process.stdout.write(`${JSON.stringify({ baseUrl, authorization: headers.authorization })}\n`);
await http.close();
process.exit();
