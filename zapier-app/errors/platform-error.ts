import type { ErrorCode } from '@stackbridge/shared-mappers/errors/codes.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { ZObject } from 'zapier-platform-core';
import { StepFault } from './step-fault.ts';

/** What becomes of an expired sign-in: most systems give a new token, Mailchimp's tokens end for good. */
export type Renewal = 'refresh' | 'reconnect';

/**
 * The core's error as the one that makes Zapier act: renew the token, hold the Zap until somebody connects again, wait,
 * stop this run softly, or replay it. Anything that neither the core nor a step threw stays as it is.
 */
export function platformError(
  error: unknown,
  { errors }: Pick<ZObject, 'errors'>,
  renewal: Renewal,
): unknown {
  if (error instanceof StepFault) return withoutTrace(new errors.Error(error.message, error.code, 400));
  if (!(error instanceof StackbridgeError)) return error;
  return withoutTrace(ofClass(error, errors, renewal));
}

function ofClass(error: StackbridgeError, errors: ZObject['errors'], renewal: Renewal): Error {
  const { code, message, context } = error;
  switch (error.class) {
    case 'Reconnect':
      return code === 'SIGN_IN_EXPIRED' && renewal === 'refresh'
        ? new errors.RefreshAuthError(message)
        : new errors.ExpiredAuthError(named(error));
    case 'Throttled':
      return new errors.ThrottledError(message, secondsOf(context.retryAfterMs));
    case 'Rejected':
    case 'Conflict':
      return new errors.HaltedError(named(error));
    // Zapier replays a step that ends with a server's status.
    case 'Transient':
      return new errors.Error(message, code, 503);
    case 'InvalidRecipe':
    case 'Brake':
      return new errors.Error(withAdvice(error), code, 400);
    case 'Bug':
      return new errors.Error(message, code, 500);
  }
}

/** Where the core's advice is to use the command. */
const ADVICE: Readonly<Partial<Record<ErrorCode, string>>> = {
  SIGN_IN_EXPIRED: 'Reconnect the account in Zapier',
  SIGN_IN_REFUSED: 'Connect the account again, and allow the access on the page that opens',
  RECIPE_INVALID: 'Correct what the step is filled in with',
  BRAKE_DELETES:
    'If so much is really gone, choose to let deletions through in the settings of this step and replay the run',
  BRAKE_OVERWRITES:
    'To see what would be overwritten, make a copy of the Zap whose sync step says Preview Only, and put that number into Most Changes in One Hour of its trigger; to let it happen, put it into this Zap, and empty the field again after its next check',
  CONNECTIONS_INVALID: 'Ask whoever maintains this app to correct its environment variables at Zapier',
};

/** With the code that the documentation explains; Zapier's other errors carry it apart from the message. */
function named(error: StackbridgeError): string {
  return `${withAdvice(error)} [${error.code}]`;
}

function withAdvice({ message, next, code }: StackbridgeError): string {
  return `${message.replace(/\.$/, '')}. ${ADVICE[code] ?? next}.`;
}

function secondsOf(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.ceil(ms / 1000);
}

/** Zapier would add the URLs of all calls to the message, with the addresses in their queries. */
function withoutTrace(error: Error): Error {
  return Object.assign(error, { doNotContextify: true });
}
