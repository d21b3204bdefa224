import { type ChildProcess, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SandboxClock } from '@stackbridge/sandbox/clock.ts';
import { unzipSync } from 'fflate';
import { productionNode } from 'stackbridge-zapier/build/toolchain.ts';
import { z } from 'zod';
import { type PlatformStub, startPlatformStub } from './platform-stub.ts';

/** The app built whole. */
export const APP_ARCHIVE = fileURLToPath(
  new URL('../../../zapier-app/dist/build/build.zip', import.meta.url),
);
const HANDLER = fileURLToPath(new URL('./handler-process.ts', import.meta.url));

const Reply = z.union([
  z.object({ id: z.number(), answer: z.looseObject({ results: z.unknown() }) }),
  z.object({ id: z.number(), error: z.object({ name: z.string(), message: z.string() }) }),
]);

/** What Zapier hands a function of an app. */
export interface Given {
  readonly authData?: Readonly<Record<string, string>>;
  readonly inputData?: Readonly<Record<string, unknown>>;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly [more: string]: unknown;
}

/** What a function came to: its results, or the error by which Zapier acts. */
export type Outcome = { readonly results: unknown } | { readonly error: { name: string; message: string } };

/** A call that has no answer yet. */
interface Waiting {
  readonly message: object;
  readonly answer: (outcome: Outcome) => void;
  /** By a process that ended. */
  readonly isRepeated: boolean;
}

/**
 * The app out of its archive, in a process of its own on the Node release that Zapier runs. Zapier's library ends the
 * process before a call once it has served 250 and holds 450 MB; Zapier starts another one and repeats the call.
 */
export class PackagedApp {
  readonly nodeVersion: string;
  readonly #folder: string;
  readonly #stub: PlatformStub;
  readonly #waiting = new Map<number, Waiting>();
  #process: ChildProcess;
  #calls = 0;
  #isClosing = false;

  private constructor(folder: string, { child, nodeVersion }: Started, stub: PlatformStub) {
    this.#folder = folder;
    this.#process = child;
    this.#stub = stub;
    this.nodeVersion = nodeVersion;
    this.#listen(child);
  }

  #listen(child: ChildProcess): void {
    child.on('message', (message) => {
      const reply = Reply.parse(message);
      this.#waiting
        .get(reply.id)
        ?.answer('answer' in reply ? { results: reply.answer.results } : { error: reply.error });
      this.#waiting.delete(reply.id);
    });
    child.once('exit', (code) => {
      if (!this.#isClosing) void this.#restart(code);
    });
  }

  async #restart(code: number | null): Promise<void> {
    const { child } = await start(this.#folder);
    this.#process = child;
    this.#listen(child);
    for (const [id, waiting] of this.#waiting) {
      if (waiting.isRepeated) {
        const message = `The packaged app ended with ${code} in this call, twice`;
        waiting.answer({ error: { name: 'ProcessEnded', message } });
        this.#waiting.delete(id);
      } else {
        this.#waiting.set(id, { ...waiting, isRepeated: true });
        child.send(waiting.message);
      }
    }
  }

  /** @param zip default the app built whole */
  static async open(zip: string = APP_ARCHIVE): Promise<PackagedApp> {
    const folder = mkdtempSync(join(tmpdir(), 'stackbridge-zapier-'));
    for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
      if (name.endsWith('/')) continue;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const stub = await startPlatformStub();
    return new PackagedApp(folder, await start(folder), stub);
  }

  /**
   * @param method as Zapier names it: `searches.xero_contact.operation.perform`
   * @param environment of the app: what `zapier-platform env:set` would set
   * @param clock that its machine's clock agrees with, and that goes on while it works; default: the real time
   * @param speed how many times as fast time passes there: a wait is over sooner. Default: 1
   */
  async call(
    method: string,
    given: Given,
    environment: Readonly<Record<string, string>> = {},
    clock?: SandboxClock,
    speed = 1,
  ): Promise<Outcome> {
    const bundle = { authData: {}, inputData: {}, meta: {}, ...given };
    using _ = clock === undefined ? undefined : running(clock, speed);
    const time = clock === undefined ? {} : { now: clock.now(), speed };
    return await this.#ask({ command: 'execute', method, bundle }, environment, time);
  }

  /** What Zapier's server reads of the app: its steps, fields and samples. */
  definition(): Promise<Outcome> {
    return this.#ask({ command: 'definition' }, {});
  }

  #ask(command: object, environment: Readonly<Record<string, string>>, time: object = {}): Promise<Outcome> {
    this.#calls += 1;
    const id = this.#calls;
    const event = {
      ...command,
      token: 'stub',
      storeKey: 'zap-1',
      isDeveloper: true,
      rpc_base: `${this.#stub.origin}/rpc`,
      environment: { ...environment, LOGGING_ENDPOINT: `${this.#stub.origin}/log` },
    };
    return new Promise((resolve) => {
      const message = { id, event, ...time };
      this.#waiting.set(id, { message, answer: resolve, isRepeated: false });
      this.#process.send(message);
    });
  }

  /** Everything that was sent to Zapier's log. */
  get logged(): readonly string[] {
    return this.#stub.logged;
  }

  /** What it has cached at Zapier is gone. */
  forget(): void {
    this.#stub.forget();
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#process.kill();
    await this.#stub.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

interface Started {
  readonly child: ChildProcess;
  readonly nodeVersion: string;
}

async function start(folder: string): Promise<Started> {
  const child = fork(HANDLER, [], {
    cwd: folder,
    // What it logs goes to the stub as well.
    silent: true,
    execPath: productionNode(),
    execArgv: ['--experimental-strip-types', '--no-warnings'],
  });
  const nodeVersion = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve(z.object({ ready: z.string() }).parse(message).ready));
    child.once('exit', (code) => reject(new Error(`The packaged app ended at once with ${code}`)));
  });
  return { child, nodeVersion };
}

const TICK_MS = 100;

/** Lets a clock that stands go on. */
function running(clock: SandboxClock, speed: number): Disposable {
  const tick = setInterval(() => clock.advance(TICK_MS * speed), TICK_MS);
  return { [Symbol.dispose]: () => clearInterval(tick) };
}
