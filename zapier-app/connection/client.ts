import { clientTo } from '@stackbridge/shared-mappers/connectors/client-to.ts';
import type { SystemClient } from '@stackbridge/shared-mappers/http/system-client.ts';
import type { StepPorts } from '../ports/step-ports.ts';
import { connectionTo, type Reach } from './connection.ts';

/** A client of the account that was chosen for a step. @throws StepFault where it is one of another system */
export function clientOf(reach: Reach, authData: unknown, ports: StepPorts): SystemClient {
  return clientTo({ ...ports, system: reach.system, connection: connectionTo(reach, authData) });
}
