/** What one call to Xero takes. */
export const XERO_CAPABILITIES = {
  // Requests end at 10 MB; Xero advises about 50 documents and 3.5 MB.
  writeBatch: 50,
  maxBodyBytes: 3_500_000,
  // Xero states no most; numbers travel in the address, which gateways cut at some thousand characters.
  lookupBatch: 100,
  maxQueryLength: 4_000,
  // "pageSize" is cut to 1,000.
  pageSize: 1_000,
  maxAttachmentBytes: 10_000_000,
} as const;
