import type { Answered, Method, ServedXero } from '../sandbox/xero/served-xero.ts';
import type { XeroSpec } from '../support/xero-spec.ts';

export interface Step {
  method: Method;
  /** `{name}` stands for an id noted before. */
  path: string;
  body?: unknown;
  /** Notes an id of the answer: a name, and where it is, `Invoices.0.InvoiceID`. */
  note?: readonly [name: string, at: string];
  status?: number;
}

/** Asks for each step in turn, and holds what is asked and answered against the document. */
export async function play(
  served: ServedXero,
  spec: XeroSpec,
  steps: readonly Step[],
  ids: Map<string, string> = new Map(),
): Promise<{ faults: string[]; statuses: number[] }> {
  const faults: string[] = [];
  const statuses: number[] = [];
  const filled = (text: string): string =>
    text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => ids.get(name) ?? whole);
  served.xero.actions.settings?.run({ perMinute: 1000 });
  for (const step of steps) {
    const path = filled(step.path);
    const requestBody = step.body === undefined ? '' : filled(JSON.stringify(step.body));
    const headers = requestBody === '' ? {} : { 'content-type': 'application/json' };
    const answer = await served.call(step.method, path, {
      headers,
      ...(requestBody === '' ? {} : { body: requestBody }),
    });
    const exchange = {
      method: step.method,
      path,
      requestHeaders: { ...served.headers, ...headers },
      requestBody,
      status: answer.status,
      contentType: String(answer.headers['content-type']),
      answerBody: answer.text,
    };
    // What is refused here is refused for its content, which the document cannot know; unless it says so itself.
    if ((step.status ?? 200) < 400) faults.push(...spec.requestFaults(exchange));
    faults.push(...spec.answerFaults(exchange));
    statuses.push(answer.status);
    if (step.note !== undefined) ids.set(step.note[0], valueAt(answer, step.note[1]));
  }
  return { faults, statuses };
}

export function statusesOf(steps: readonly Step[]): number[] {
  return steps.map(({ status, path }) => status ?? (path.endsWith('/Email') ? 204 : 200));
}

function valueAt({ body }: Answered, at: string): string {
  let value: unknown = body;
  for (const key of at.split('.')) value = Object(value)[key];
  return String(value);
}
