import { type Sandbox, startSandbox } from '@stackbridge/sandbox/start.ts';
import { createXeroConnector } from '@stackbridge/shared-mappers/connectors/xero/connector.ts';
import type { DesiredDocument } from '@stackbridge/shared-mappers/model/billing/document.ts';
import type {
  AccountingTarget,
  DocumentResult,
} from '@stackbridge/shared-mappers/ports/accounting-target.ts';
import { createHttp } from 'stackbridge/http.ts';
import { xeroClientOf } from '../support/xero-connection.ts';
import { invoice } from './xero-client.ts';

/** A simulated organisation with one contact, and a connector to it. */
export interface XeroOrganisation {
  readonly sandbox: Sandbox;
  readonly xero: AccountingTarget;
  readonly contactId: string;
  /** Another client, as a process that has just started has one. */
  connect(): ReturnType<typeof xeroClientOf>;
  desired(number: string, changed?: Partial<DesiredDocument>): DesiredDocument;
  creation(
    number: string,
    changed?: Partial<DesiredDocument>,
  ): { readonly action: 'create'; readonly document: DesiredDocument };
  /** Whatever comes next by this method and path goes wrong. */
  fault(method: string, path: string, effect: Parameters<Sandbox['admin']['addFault']>[0]['effect']): void;
  /** Calls of Xero's so far, of one method and path. */
  calls(method?: string, path?: string): number;
  close(): Promise<void>;
}

export async function openOrganisation(): Promise<XeroOrganisation> {
  const sandbox = await startSandbox();
  const { admin, connections, world } = sandbox;
  world.calls.recording = true;
  const http = createHttp();
  const connect = () => xeroClientOf({ world, settings: connections.xero }, http);
  const xero = createXeroConnector(connect().client);
  const [made] = await xero.createContacts([{ name: 'Acme', number: 'ZC-1' }]);
  const contactId = made?.outcome === 'written' ? made.contact.id : '';
  const desired = (number: string, changed: Partial<DesiredDocument> = {}) =>
    invoice(number, { contactId, ...changed });
  return {
    sandbox,
    xero,
    contactId,
    connect,
    desired,
    creation: (number, changed) => ({ action: 'create', document: desired(number, changed) }),
    fault: (method, path, effect) => void admin.addFault({ system: 'xero', method, path, effect }),
    calls: (method = '', path = '') =>
      world.calls
        .list()
        .filter(
          (call) => call.system === 'xero' && call.method.startsWith(method) && call.path.includes(path),
        ).length,
    async close() {
      await http.close();
      await sandbox.close();
    },
  };
}

export function heldOf(result: DocumentResult | undefined) {
  if (result?.outcome !== 'written') throw new Error(`Not written: ${result?.error.message}`);
  return result.held;
}

export function short(results: readonly DocumentResult[]): string[] {
  return results.map((result) =>
    result.outcome === 'written' ? 'written' : `${result.outcome} ${result.error.code}`,
  );
}
