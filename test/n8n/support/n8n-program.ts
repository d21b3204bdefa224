import type { StoredCredentials } from './credential-safe.ts';
import { N8n } from './n8n.ts';
import { loadEngine } from './n8n-core.ts';

/** A call to n8n, as JSON: the name of one of its methods, and what it is given. */
export type Call = {
  [Method in keyof N8n]: {
    readonly id: number;
    readonly credentials: StoredCredentials;
    readonly method: Method;
    readonly given: Parameters<N8n[Method]>;
  };
}[keyof N8n];

/** n8n's engine in a process of its own: a test runner's own loader would replace what it rests on. */
const engine = await loadEngine();

process.on('message', (call: Call) => {
  answer(new N8n(engine, call.credentials), call).then(
    (result) => process.send?.({ id: call.id, result, credentials: call.credentials }),
    (error: unknown) =>
      process.send?.({ id: call.id, failed: error instanceof Error ? error.message : String(error) }),
  );
});
process.send?.({ ready: true });

function answer(n8n: N8n, call: Call): Promise<unknown> {
  switch (call.method) {
    case 'run':
      return n8n.run(...call.given);
    case 'search':
      return n8n.search(...call.given);
    case 'options':
      return n8n.options(...call.given);
    case 'mapperFields':
      return n8n.mapperFields(...call.given);
    case 'poll':
      return n8n.poll(...call.given);
    case 'setUp':
      return n8n.setUp(...call.given);
    case 'webhook':
      return n8n.webhook(...call.given);
    case 'unexplained':
      return n8n.unexplained(...call.given);
    case 'faults':
      return n8n.faults(...call.given);
    case 'testCredential':
      return n8n.testCredential(...call.given);
  }
}
