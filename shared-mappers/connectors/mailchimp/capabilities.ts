import type { Capabilities } from '../../ports/connector.ts';

export const MAILCHIMP_CAPABILITIES: Capabilities = {
  // "Batch subscribe or unsubscribe": up to 500 members in one request.
  writeBatch: 500,
  // A member is read by its contact id or hash, one a call.
  lookupBatch: 1,
  // The account's 10 connections are shared with every other client of it.
  writeConcurrency: 4,
  // An address is a member once: a repeated create comes back as "contact exists".
  createIsIdempotent: true,
  // Archived members are listed, those deleted for good vanish without a trace.
  changesTellDeletes: false,
};
