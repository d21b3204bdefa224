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

/** The app out of its archive, in a process of its own on the Node release that Zapier runs. */
export class PackagedApp {
  readonly nodeVersion: string;
  readonly #folder: string;
  readonly #process: ChildProcess;
  readonly #stub: PlatformStub;
  readonly #waiting = new Map<number, (outcome: Outcome) => void>();
  #calls = 0;

  private constructor(folder: string, child: ChildProcess, stub: PlatformStub, nodeVersion: string) {
    this.#folder = folder;
    this.#process = child;
    this.#stub = stub;
    this.nodeVersion = nodeVersion;
    child.on('message', (message) => {
      const reply = Reply.parse(message);
      this.#waiting.get(reply.id)?.(
        'answer' in reply ? { results: reply.answer.results } : { error: reply.error },
      );
      this.#waiting.delete(reply.id);
    });
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
    const child = fork(HANDLER, [], {
      cwd: folder,
      // What it logs goes to the stub as well.
      silent: true,
      execPath: productionNode(),
      execArgv: ['--experimental-strip-types', '--no-warnings'],
    });
    const version = await new Promise<string>((resolve, reject) => {
      child.once('message', (message) => resolve(z.object({ ready: z.string() }).parse(message).ready));
      child.once('exit', (code) => reject(new Error(`The packaged app ended at once with ${code}`)));
    });
    return new PackagedApp(folder, child, stub, version);
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
      this.#waiting.set(id, resolve);
      this.#process.send({ id, event, ...time });
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
    this.#process.kill();
    await this.#stub.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const TICK_MS = 100;

/** Lets a clock that stands go on. */
function running(clock: SandboxClock, speed: number): Disposable {
  const tick = setInterval(() => clock.advance(TICK_MS * speed), TICK_MS);
  return { [Symbol.dispose]: () => clearInterval(tick) };
}
