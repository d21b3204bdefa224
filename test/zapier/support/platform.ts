import type { SignInSystem } from '@stackbridge/credentials/systems.ts';
import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import { z } from 'zod';
import { appEnvironmentOf, signedIn } from './auth-data.ts';
import type { Outcome, PackagedApp } from './packaged-app.ts';
import { pointerIn } from './pointer.ts';

/** How a run of a step ended, by what Zapier does about it. */
export type StepEnd =
  | { readonly kind: 'done'; readonly results: unknown }
  /** This run stops softly; the Zap goes on. */
  | { readonly kind: 'halted'; readonly code: string; readonly message: string }
  /** It is replayed later. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  /** The Zap waits until somebody connects the account again. */
  | { readonly kind: 'held'; readonly code: string; readonly message: string }
  /** It is set up wrongly: nothing repeats it. */
  | { readonly kind: 'wrong'; readonly code: string; readonly message: string };

/** What Zapier says of a call. */
export type Meta = {
  /** For which Zap it is made. */
  readonly zap?: { readonly id: string };
  /** The Zap is being turned on: what its trigger shows counts as seen. */
  readonly isPopulatingDedupe?: true;
};

const text = z.record(z.string(), z.string());
const throttled = z.object({ message: z.string(), delay: z.number().default(60) });
const appError = z.object({ message: z.string(), code: z.string(), status: z.number() });

/** How much faster time passes while steps wait for a limit. */
const FASTER = 10;

/** A step that is throttled again and again is set aside, to be replayed later. */
const MOST_WAITS = 1;

/** What Zapier does around a step: keeps the accounts, renews tokens, waits where a system asks to. */
export class Platform {
  readonly #app: PackagedApp;
  readonly #sandbox: Sandbox;
  readonly #accounts: Record<SignInSystem, Record<string, string>>;

  constructor(app: PackagedApp, sandbox: Sandbox) {
    this.#app = app;
    this.#sandbox = sandbox;
    this.#accounts = { ...signedIn(sandbox) };
  }

  /**
   * @param method as Zapier names it, `creates.sync_to_mailchimp` without `.operation.perform`
   * @param meta what Zapier says of the run
   */
  async run(
    method: string,
    system: SignInSystem,
    inputData: Readonly<Record<string, unknown>>,
    meta: Meta = {},
  ): Promise<StepEnd> {
    return this.#perform(`${method}.operation.perform`, system, inputData, meta);
  }

  /**
   * What a step is given for a field of a trigger's item: a pointer stands for what its hydrator reads with the trigger's
   * account.
   */
  async take(value: unknown, trigger: SignInSystem): Promise<StepEnd> {
    const pointer = pointerIn(value);
    if (pointer === undefined) return { kind: 'done', results: value };
    return this.#perform(pointer.method, trigger, pointer.bundle);
  }

  async #perform(
    method: string,
    system: SignInSystem,
    inputData: Readonly<Record<string, unknown>>,
    meta: Meta = {},
  ): Promise<StepEnd> {
    let hasRenewed = false;
    for (let waits = 0; ; waits += 1) {
      const outcome = await this.#call(method, system, inputData, meta);
      if ('results' in outcome) return { kind: 'done', results: outcome.results };
      const { name, message } = outcome.error;
      if (name === 'RefreshAuthError' && !hasRenewed) {
        const refused = await this.#renew(system);
        if (refused !== undefined) return refused;
        hasRenewed = true;
      } else if (name === 'ThrottledError' && waits < MOST_WAITS) {
        this.#sandbox.world.clock.advance(throttled.parse(JSON.parse(message)).delay * 1000);
      } else return endOf(name, message);
    }
  }

  async #renew(system: SignInSystem): Promise<StepEnd | undefined> {
    const outcome = await this.#call('authentication.oauth2Config.refreshAccessToken', system, {});
    if ('error' in outcome) return endOf(outcome.error.name, outcome.error.message);
    this.#accounts[system] = text.parse(outcome.results);
    return undefined;
  }

  /** A step then waits for some seconds by itself. */
  #isThrottling(): boolean {
    return this.#sandbox.world.faults.list().some(({ effect }) => effect.kind === 'throttle');
  }

  #call(
    method: string,
    system: SignInSystem,
    inputData: Readonly<Record<string, unknown>>,
    meta: Meta = {},
  ): Promise<Outcome> {
    return this.#app.call(
      method,
      { authData: this.#accounts[system], inputData, meta },
      appEnvironmentOf(this.#sandbox),
      this.#sandbox.world.clock,
      this.#isThrottling() ? FASTER : 1,
    );
  }
}

function endOf(name: string, message: string): StepEnd {
  switch (name) {
    case 'HaltedError':
      return { kind: 'halted', code: codeIn(message), message };
    case 'ExpiredAuthError':
      return { kind: 'held', code: codeIn(message), message };
    case 'RefreshAuthError':
      return { kind: 'held', code: 'SIGN_IN_EXPIRED', message };
    case 'ThrottledError':
      return { kind: 'failed', code: 'RATE_LIMITED', message };
    case 'AppError': {
      const { code, status, message: said } = appError.parse(JSON.parse(message));
      return { kind: status >= 500 ? 'failed' : 'wrong', code, message: said };
    }
    default:
      return { kind: 'wrong', code: name, message };
  }
}

function codeIn(message: string): string {
  return /\[([A-Z_]+)\]$/.exec(message)?.[1] ?? 'NONE';
}
