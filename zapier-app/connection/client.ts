import { interpretMailchimp } from '@stackbridge/shared-mappers/connectors/mailchimp/errors.ts';
import { mailchimpLimits } from '@stackbridge/shared-mappers/connectors/mailchimp/limits.ts';
import { interpretSalesforce } from '@stackbridge/shared-mappers/connectors/salesforce/errors.ts';
import { salesforceLimits } from '@stackbridge/shared-mappers/connectors/salesforce/limits.ts';
import { interpretXero } from '@stackbridge/shared-mappers/connectors/xero/errors.ts';
import { xeroLimits } from '@stackbridge/shared-mappers/connectors/xero/limits.ts';
import { interpretZohoBooks } from '@stackbridge/shared-mappers/connectors/zoho-books/errors.ts';
import { zohoBooksLimits } from '@stackbridge/shared-mappers/connectors/zoho-books/limits.ts';
import { interpretZohoProjects } from '@stackbridge/shared-mappers/connectors/zoho-projects/errors.ts';
import { zohoProjectsLimits } from '@stackbridge/shared-mappers/connectors/zoho-projects/limits.ts';
import {
  createSystemClient,
  type SystemClient,
  type SystemClientOptions,
} from '@stackbridge/shared-mappers/http/system-client.ts';
import type { SystemName } from '@stackbridge/shared-mappers/model/side.ts';
import type { Log } from '@stackbridge/shared-mappers/ports/log.ts';
import type { StepPorts } from '../ports/step-ports.ts';
import { connectionTo, type Reach } from './connection.ts';

type Dialect = Pick<SystemClientOptions, 'limits' | 'interpret'>;

const DIALECTS: Readonly<Record<SystemName, (log: Log) => Dialect>> = {
  salesforce: (log) => ({ limits: salesforceLimits(log), interpret: interpretSalesforce }),
  mailchimp: () => ({ limits: mailchimpLimits(), interpret: interpretMailchimp }),
  'zoho-projects': () => ({ limits: zohoProjectsLimits(), interpret: interpretZohoProjects }),
  'zoho-books': () => ({ limits: zohoBooksLimits(), interpret: interpretZohoBooks }),
  xero: (log) => ({ limits: xeroLimits(log), interpret: interpretXero }),
};

/** A client of the account that was chosen for a step. @throws StepFault where it is one of another system */
export function clientOf(reach: Reach, authData: unknown, ports: StepPorts): SystemClient {
  return createSystemClient({
    ...ports,
    ...DIALECTS[reach.system](ports.log),
    system: reach.system,
    connection: connectionTo(reach, authData),
  });
}
