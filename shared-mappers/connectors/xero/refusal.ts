import { z } from 'zod';

/** What an answer that refuses says, in whichever of Xero's shapes. */
export interface Refusal {
  /** Reasons of single elements and fields, in their order, each once. */
  readonly reasons: readonly string[];
  /** What is said of the whole; empty where nothing is. */
  readonly detail: string;
}

const Named = z.object({ Message: z.string().default('') });
const InvalidField = z.object({ name: z.string().default(''), reason: z.string().default('') });
const Whole = z.looseObject({
  detail: z.string().nullish(),
  message: z.string().nullish(),
  title: z.string().nullish(),
});

/**
 * Reads a refusing body: `Elements[].ValidationErrors` (accounting, payroll 1), `problem.invalidFields` (payroll 2),
 * `modelState` (projects), `Detail` or `detail` (sign-in), or plain text.
 */
export function refusalOf(body: string): Refusal {
  const content = contentOf(body);
  const reasons = new Set<string>();
  collect(content, reasons, 0);
  return { reasons: [...reasons].filter((reason) => reason !== ''), detail: detailOf(content) };
}

/** Elements and their lines lie at most so deep. */
const DEEPEST = 6;

function collect(value: unknown, reasons: Set<string>, depth: number): void {
  if (depth > DEEPEST || typeof value !== 'object' || value === null) return;
  for (const [key, held] of Object.entries(value)) {
    if (/^ValidationErrors$/i.test(key)) {
      for (const { Message } of z.array(Named).safeParse(held).data ?? []) reasons.add(Message.trim());
    } else if (key === 'invalidFields') {
      for (const { name, reason } of z.array(InvalidField).safeParse(held).data ?? []) {
        reasons.add([name, reason].filter((part) => part !== '').join(': '));
      }
    } else if (key === 'modelState') {
      for (const texts of Object.values(z.record(z.string(), z.unknown()).safeParse(held).data ?? {})) {
        for (const text of [texts].flat()) if (typeof text === 'string') reasons.add(text.trim());
      }
    } else collect(held, reasons, depth + 1);
  }
}

/** The keys' case varies from one gateway to the other. */
function detailOf(content: unknown): string {
  if (typeof content === 'string') return content.length <= LONGEST_TEXT ? content.trim() : '';
  if (typeof content !== 'object' || content === null) return '';
  const lowered = Object.fromEntries(Object.entries(content).map(([key, held]) => [key.toLowerCase(), held]));
  const { detail, message, title } = Whole.safeParse(lowered).data ?? {};
  return detail || message || title || detailOf(lowered.problem);
}

/** Xero's 404 is one sentence; longer texts are a gateway's page. */
const LONGEST_TEXT = 200;

function contentOf(body: string): unknown {
  if (body.trimStart().startsWith('<')) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
