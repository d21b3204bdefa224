import type { Bundle, ZObject } from 'zapier-platform-core';
import { platformError, type Renewal } from './errors/platform-error.ts';
import { type StepPorts, startStep } from './ports/step-ports.ts';

/** What a function of a step works with. */
export interface Step {
  readonly ports: StepPorts;
  /** What the user filled in, not yet checked. */
  readonly input: unknown;
  readonly bundle: Bundle;
  readonly z: ZObject;
}

/**
 * Makes a function that Zapier calls: with ports of its own, and with errors that Zapier acts on.
 *
 * @param renewal what an expired sign-in asks for; default what the account's system can
 */
export function step<Result>(
  run: (step: Step) => Promise<Result>,
  renewal?: Renewal,
): (z: ZObject, bundle: Bundle) => Promise<Result> {
  return async (z, bundle) => {
    try {
      return await run({ ports: startStep(z), input: bundle.inputData, bundle, z });
    } catch (error) {
      throw platformError(error, z, renewal ?? renewalOf(bundle));
    }
  };
}

/** Mailchimp's tokens never expire: one that is refused is gone. */
function renewalOf({ authData }: Bundle): Renewal {
  return authData.system === 'mailchimp' ? 'reconnect' : 'refresh';
}
