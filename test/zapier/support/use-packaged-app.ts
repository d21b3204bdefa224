import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '@stackbridge/sandbox/start.ts';
import { PackagedApp } from './packaged-app.ts';

/** What a test is played on. */
export interface PackagedStage {
  /** One for all tests of a file. */
  readonly app: PackagedApp;
  /** The test's own. */
  readonly sandbox: Sandbox;
}

/**
 * Has the tests of a file played on the packaged app: opened before the first and closed after the last, while each
 * test has a sandbox of its own and is somebody else's, of whom the app has nothing cached.
 *
 * @param options of the sandbox, asked for before each test; default: its own
 */
export function usePackagedApp(options: () => SandboxOptions = () => ({})): PackagedStage {
  let app: PackagedApp;
  let sandbox: Sandbox;
  beforeAll(async () => {
    app = await PackagedApp.open();
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    app.forget();
    sandbox = await startSandbox(options());
  });
  afterEach(() => sandbox.close());
  return {
    get app() {
      return app;
    },
    get sandbox() {
      return sandbox;
    },
  };
}

/** For whatever the app measures against the real time, as Zapier's machines have it: how far it looks back, how old a signature is. */
export function atRealTime(): SandboxOptions {
  return { now: new Date().toISOString() };
}
