import type { ErrorCode } from '../errors/codes.ts';

/** Codes of what a side cannot hold. */
export type UnwritableCode = Extract<
  ErrorCode,
  'VALUE_TOO_LONG' | 'VALUE_INVALID' | 'EMAIL_INVALID' | 'CHOICE_UNKNOWN' | 'FIELD_REQUIRED'
>;

/** Why a side cannot hold a value. Made once when a rule is compiled, so that it names the field and never a value. */
export class Unwritable {
  readonly code: UnwritableCode;
  readonly message: string;

  constructor(code: UnwritableCode, message: string) {
    this.code = code;
    this.message = message;
  }
}
