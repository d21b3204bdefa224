/**
 * A decimal number as text: `1234.5`, `-0.3333`. No amount is ever a JavaScript number: arithmetic goes through
 * decimal.js, and only rounding decides how many places there are.
 */
export type DecimalText = string;

/** ISO 4217: `AUD`. */
export type Currency = string;

/** A calendar date of the organisation, `YYYY-MM-DD`; no time, no zone. */
export type CalendarDate = string;
