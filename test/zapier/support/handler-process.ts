/** Runs in the folder of the unpacked app, as Zapier's own machine does: loads its handler and calls it. */
interface Call {
  readonly id: number;
  readonly event: object;
}

const { handler }: { handler: (event: object) => Promise<unknown> } = await import(
  `file://${process.cwd()}/zapierwrapper.js`
);

process.on('message', ({ id, event }: Call) => {
  handler(event).then(
    (answer) => process.send?.({ id, answer }),
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      process.send?.({ id, error: { name, message } });
    },
  );
});
process.send?.({ ready: process.version });
