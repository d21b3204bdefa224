import type { XeroApi } from '../serve-api.ts';
import { projectEndpoints } from './project-endpoints.ts';
import { taskEndpoints } from './task-endpoints.ts';
import { timeEndpoints } from './time-endpoints.ts';

/** The Projects API. Expenses of projects and their invoices are made in Xero's own screens only. */
export const projectsApi: XeroApi = {
  prefix: '/projects.xro/2.0',
  endpoints: [...projectEndpoints, ...taskEndpoints, ...timeEndpoints],
  speaksXml: false,
};
