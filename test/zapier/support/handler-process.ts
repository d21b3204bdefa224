/** Runs in the folder of the unpacked app, as Zapier's own machine does: loads its handler and calls it. */
interface Call {
  readonly id: number;
  readonly event: object;
  /** What this machine's clock shows when the call begins; absent: the real time. */
  readonly now?: number;
}

const { handler }: { handler: (event: object) => Promise<unknown> } = await import(
  `file://${process.cwd()}/zapierwrapper.js`
);

const realNow = Date.now;
let offsetMs = 0;
Date.now = () => realNow() + offsetMs;

process.on('message', ({ id, event, now }: Call) => {
  offsetMs = now === undefined ? 0 : now - realNow();
  handler(event).then(
    (answer) => process.send?.({ id, answer }),
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      process.send?.({ id, error: { name, message } });
    },
  );
});
process.send?.({ ready: process.version });
