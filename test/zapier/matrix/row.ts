import { expect } from '@jest/globals';
import type { SignInSystem } from '@stackbridge/credentials/systems.ts';
import type { Sandbox } from '@stackbridge/sandbox/start.ts';
import type { signedIn } from '../support/auth-data.ts';
import type { Given, Outcome } from '../support/packaged-app.ts';

/** What a cell of the matrix is played on. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly accounts: ReturnType<typeof signedIn>;
  /** @param method as the definition names it */
  readonly call: (method: string, given: Given) => Promise<Outcome>;
}

/** Sets the scene. @returns what the function is given; the account is the row's, unless it names another */
export type Scene = (stage: Stage) => Given | Promise<Given>;

export interface Case {
  readonly scene: Scene;
  /** The outcome, as `toEqual` compares it. */
  readonly expected: unknown;
}

/** Why a column does not apply to a function. */
export type Reason = string;

/** One function of the app, and what it comes to in each column of the matrix. */
export interface Row {
  /** As the definition names it; a function that works for several systems has a row for each. */
  readonly method: string;
  readonly account: SignInSystem;
  /** The API that it asks, as the sandbox names it. */
  readonly system: string;
  /** Default: it only reads, and leaves every system as it was. */
  readonly writes?: boolean;
  /** The usual case. */
  readonly scene: Scene;
  /** Its results, as `toEqual` compares them. */
  readonly gives: unknown;
  /** Nothing is there, or nothing is filled in. */
  readonly empty: Case | Reason;
  /** More than one page of the vendor's: so many are shown, or it says why not. */
  readonly paging: { readonly scene: Scene; readonly count: number } | Case | Reason;
  /** Default: the token is renewed and the step run again; an account of Mailchimp is connected again. */
  readonly expired?: Reason;
  /** Default: the wait that the vendor asks for is handed to Zapier, which runs the step again afterwards. */
  readonly throttled?: Reason;
  /** The vendor says no. */
  readonly refused: Case | Reason;
  /** Default: the step says which account it needs, and asks nobody. */
  readonly wrongAccount?: Reason;
  /** Results of the same step run again, which writes nothing. Default: those of the first. */
  readonly replayGives?: unknown;
  /** Where it cannot be run again. */
  readonly replay?: Reason;
}

/** An error by which Zapier acts. */
export function failing(name: string, message: string): unknown {
  return { error: { name, message: expect.stringContaining(message) } };
}

const FORBIDDEN = {
  salesforce: [
    { errorCode: 'API_DISABLED_FOR_ORG', message: 'The REST API is not enabled for this Organization.' },
  ],
  mailchimp: {
    title: 'Forbidden',
    status: 403,
    detail: 'User does not have access to the requested operation',
  },
} as const;

/** An administrator takes away what the signed-in user may do. */
export function forbid({ world }: Sandbox, system: keyof typeof FORBIDDEN): void {
  world.faults.add({ system, times: 0, effect: { kind: 'status', status: 403, body: FORBIDDEN[system] } });
}
