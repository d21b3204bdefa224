import { z } from 'zod';
import type { Books } from './books/books.ts';
import type { Organisation } from './books/organisation.ts';
import { REGIONS } from './books/organisation.ts';
import { Settings } from './limits/settings.ts';
import type { Site } from './site.ts';
import { WebhookData } from './webhooks/webhooks.ts';

const OrganisationData: z.ZodType<Organisation> = z.object({
  id: z.string(),
  name: z.string(),
  region: z.enum(REGIONS),
  countryCode: z.string(),
  baseCurrency: z.string(),
  timezone: z.string(),
  shortCode: z.string(),
  periodLockDate: z.string().nullable(),
  endOfYearLockDate: z.string().nullable(),
  createdMs: z.number(),
});

const BooksData = z.object({
  organisation: OrganisationData,
  currencies: z.array(z.string()),
  timesheetCategoryId: z.string().optional(),
  nextInvoiceNumber: z.number(),
  idsMade: z.number(),
  tables: z.record(z.string(), z.array(z.unknown())),
});

/** The organisations as JSON data. Tokens, quotas, kept answers and deliveries on their way are not part of it. */
const SiteData = z.object({
  settings: Settings,
  connections: z.array(
    z.object({ id: z.string(), tenantId: z.string(), createdMs: z.number(), updatedMs: z.number() }),
  ),
  books: z.array(BooksData),
  webhook: WebhookData.optional(),
});
type SiteData = z.infer<typeof SiteData>;

export function takeSnapshot(site: Site): SiteData {
  return {
    settings: { ...site.settings },
    connections: [...site.connections],
    ...(site.webhooks.data === undefined ? {} : { webhook: site.webhooks.data }),
    books: [...site.books.values()].map((books) => ({
      organisation: { ...books.organisation },
      currencies: [...books.currencies],
      ...(books.timesheetCategoryId === undefined ? {} : { timesheetCategoryId: books.timesheetCategoryId }),
      nextInvoiceNumber: books.nextInvoiceNumber,
      idsMade: books.ids.made,
      // Records are values: sharing them is copying them.
      tables: Object.fromEntries(
        Object.entries(books.tables()).map(([name, table]) => [name, [...table.rows()]]),
      ),
    })),
  };
}

/** @throws ZodError when it is no snapshot of a Xero */
export function restoreSnapshot(site: Site, snapshot: unknown): void {
  const data = SiteData.parse(snapshot);
  site.open();
  site.settings = data.settings;
  site.connections = data.connections;
  for (const saved of data.books) restoreBooks(site.organisation(saved.organisation.id), saved);
  site.webhooks.restore(data.webhook);
}

function restoreBooks(books: Books, saved: z.infer<typeof BooksData>): void {
  books.organisation = saved.organisation;
  books.currencies = saved.currencies;
  books.timesheetCategoryId = saved.timesheetCategoryId;
  books.nextInvoiceNumber = saved.nextInvoiceNumber;
  for (const [name, table] of Object.entries(books.tables())) table.restore(saved.tables[name] ?? []);
  books.ids.made = saved.idsMade;
}
