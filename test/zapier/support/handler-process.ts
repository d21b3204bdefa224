/** Runs in the folder of the unpacked app, as Zapier's own machine does: loads its handler and calls it. */
interface Call {
  readonly id: number;
  readonly event: object;
  /** What this machine's clock shows when the call begins; absent: the real time. */
  readonly now?: number;
  /** How many times as fast as the real time its clock runs. Default: 1. */
  readonly speed?: number;
}

const { handler }: { handler: (event: object) => Promise<unknown> } = await import(
  `file://${process.cwd()}/zapierwrapper.js`
);

const { setTimeout: realTimeout } = globalThis;
const realNow = Date.now;
let began = realNow();
let shown = began;
let speed = 1;
Date.now = () => shown + (realNow() - began) * speed;
globalThis.setTimeout = Object.assign(
  (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => realTimeout(run, ms / speed, ...given),
  realTimeout,
);

process.on('message', ({ id, event, ...time }: Call) => {
  began = realNow();
  shown = time.now ?? began;
  speed = time.speed ?? 1;
  handler(event).then(
    (answer) => process.send?.({ id, answer }),
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      process.send?.({ id, error: { name, message } });
    },
  );
});
process.send?.({ ready: process.version });
