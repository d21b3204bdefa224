import { invoiceJson, invoiceRowJson } from './invoice-json.ts';
import { accountJson, contactJson, projectJson, taxJson } from './record-json.ts';
import { listing, param, type Route, success } from './route.ts';

/** What is only read: the organisation, customers and vendors, projects, invoices, taxes, accounts. */
export const recordRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/organizations',
    operation: 'organizations.list',
    area: 'settings',
    isAboveOrganisations: true,
    handle: ({ books: { organisation } }) =>
      success({
        organizations: [
          {
            organization_id: organisation.id,
            name: organisation.name,
            is_default_org: true,
            currency_code: organisation.currency,
            time_zone: organisation.zone,
          },
        ],
      }),
  },
  {
    method: 'GET',
    path: '/contacts',
    operation: 'contacts.list',
    area: 'contacts',
    handle: (call) =>
      listing(call, 'contacts', [...call.books.contacts.values()], (contact) =>
        contactJson(call.books, contact),
      ),
  },
  {
    method: 'GET',
    path: '/contacts/:contact',
    operation: 'contacts.get',
    area: 'contacts',
    handle: (call) =>
      success({ contact: contactJson(call.books, call.books.contact(param(call, 'contact'))) }),
  },
  {
    method: 'GET',
    path: '/projects',
    operation: 'projects.list',
    area: 'projects',
    handle: (call) =>
      listing(call, 'projects', [...call.books.projects.values()], (project) =>
        projectJson(call.books, project),
      ),
  },
  {
    method: 'GET',
    path: '/projects/:project',
    operation: 'projects.get',
    area: 'projects',
    handle: (call) =>
      success({ project: projectJson(call.books, call.books.project(param(call, 'project'))) }),
  },
  {
    method: 'GET',
    path: '/invoices',
    operation: 'invoices.list',
    area: 'invoices',
    handle: (call) => {
      const newestFirst = [...call.books.invoices.values()].reverse();
      return listing(call, 'invoices', newestFirst, (invoice) => invoiceRowJson(call.books, invoice));
    },
  },
  {
    method: 'GET',
    path: '/invoices/:invoice',
    operation: 'invoices.get',
    area: 'invoices',
    handle: (call) =>
      success({ invoice: invoiceJson(call.books, call.books.invoice(param(call, 'invoice'))) }),
  },
  {
    method: 'GET',
    path: '/settings/taxes',
    operation: 'taxes.list',
    area: 'settings',
    handle: (call) => listing(call, 'taxes', [...call.books.taxes.values()], taxJson),
  },
  {
    method: 'GET',
    path: '/chartofaccounts',
    operation: 'accounts.list',
    area: 'settings',
    handle: (call) => listing(call, 'chartofaccounts', [...call.books.accounts.values()], accountJson),
  },
];
