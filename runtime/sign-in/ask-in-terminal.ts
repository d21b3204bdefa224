import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { UsageError } from '../commands/usage-error.ts';

/** A secret is printable, whatever it is: settings refuse anything else, too. */
const SECRET = /^[\x21-\x7e]+$/;

/** Where a secret comes from: never an argument, which every process of the machine can read. */
export interface SecretSource {
  /** `client secret of Xero`. */
  readonly what: string;
  /** Environment variable. */
  readonly variable: string;
  /** Option that names a file; `-` there is the standard input. */
  readonly option: string;
  /** What the option holds. */
  readonly file: string | undefined;
}

function isTerminal(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** @throws UsageError where it is not given and nobody can be asked */
export async function secretOf(source: SecretSource, environment: NodeJS.ProcessEnv): Promise<string> {
  const given = givenSecret(source, environment);
  if (given !== undefined) return given;
  const { what, variable, option } = source;
  if (!isTerminal())
    throw new UsageError(
      `The ${what} is not given`,
      `Put it into ${variable} or into a file for ${option} FILE (- reads it from the standard input); at a terminal it is asked for`,
    );
  return checkedSecret(await typedSecret(`The ${what}:`), what);
}

/** The same for a secret that some applications have not. */
export async function secretIfAny(
  source: SecretSource,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const given = givenSecret(source, environment);
  if (given !== undefined || !isTerminal()) return given;
  const typed = await typedSecret(`The ${source.what} (nothing, where it has none):`);
  return typed.trim() === '' ? undefined : checkedSecret(typed, source.what);
}

async function typedSecret(message: string): Promise<string> {
  const { default: password } = await import('@inquirer/password');
  return answered(password({ message }, { output: process.stderr }));
}

/** Ctrl-C at a question ends the command, and is no fault of it. */
async function answered(question: Promise<string>): Promise<string> {
  try {
    return await question;
  } catch (error) {
    if (!isNativeError(error) || error.name !== 'ExitPromptError') throw error;
    throw new StackbridgeError('STOPPED', 'Stopped at a question; nothing was changed');
  }
}

/** The secret as file or variable give it; undefined where neither does. */
function givenSecret(
  { what, variable, file }: SecretSource,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  if (file !== undefined) return checkedSecret(contentOf(file), what);
  const value = environment[variable];
  return value ? checkedSecret(value, what) : undefined;
}

/** A file's text. @throws UsageError where it cannot be read */
export function contentOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read`, 'Name a file that this user may read');
  }
}

function checkedSecret(text: string, what: string): string {
  const secret = text.trim();
  if (SECRET.test(secret)) return secret;
  throw new UsageError(
    `The ${what} is ${secret === '' ? 'empty' : 'not one: it has blanks or letters beyond ASCII in it'}`,
    'Copy it anew from the page of the application',
  );
}

export interface Choice {
  /** `organisation`, `portal`. */
  readonly what: string;
  readonly system: string;
  /** Option that answers the question. */
  readonly option: string;
  /** What the option holds; upper and lower case are the same. */
  readonly wanted: string | undefined;
  readonly offered: readonly string[];
}

/**
 * One of several by its name; the only one is taken without asking.
 *
 * @throws UsageError where there is none, or nobody can be asked
 */
export async function chosenOf({ what, system, option, wanted, offered }: Choice): Promise<string> {
  const [only, ...more] = offered;
  const names = offered.join(', ') || 'none';
  if (wanted !== undefined) {
    const found = offered.find((name) => name.toLowerCase() === wanted.toLowerCase());
    if (found !== undefined) return found;
    throw new UsageError(`${system} has no ${what} ${wanted} for this user`, `It has: ${names}`);
  }
  if (only === undefined)
    throw new UsageError(`${system} has no ${what} for this user`, `Sign in as somebody who has one`);
  if (more.length === 0) return only;
  if (!isTerminal())
    throw new UsageError(`${system} has several: say which ${what}`, `Give ${option} with one of: ${names}`);
  const { default: select } = await import('@inquirer/select');
  const choices = offered.map((name) => ({ name, value: name }));
  return answered(select({ message: `Which ${what}?`, choices }, { output: process.stderr }));
}
