import type { Job } from '../job.ts';
import { INVOICE_ROWS, measureInvoices } from './invoices.ts';
import { MAPPING_ROWS, measureMapping } from './mapping.ts';
import { measurePlanning, PLANNING_ROWS } from './planning.ts';
import { readRealContacts } from './real-contacts.ts';

/** A page of members: records are worked on page by page, as they come. */
const CONTACTS = 1000;

/** What one core does with records once they are read. */
export const speedJob: Job = {
  rows: [...MAPPING_ROWS, ...PLANNING_ROWS, ...INVOICE_ROWS],
  async measure() {
    const contacts = await readRealContacts(CONTACTS);
    return [
      ...(await measureMapping(contacts)),
      ...(await measurePlanning(contacts)),
      ...(await measureInvoices()),
    ];
  },
};
