import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** A piece of JSON Schema as the vendor's OpenAPI 3.0 documents have it. */
export type SpecSchema = Record<string, unknown>;

const Schema = z.record(z.string(), z.unknown());
const Parameter = z.union([
  z.object({ $ref: z.string() }),
  z.object({
    name: z.string(),
    in: z.enum(['query', 'path', 'header']),
    // Some documents quote their booleans.
    required: z.union([z.boolean(), z.stringbool()]).optional(),
    schema: Schema.optional(),
  }),
]);
export type SpecParameter = Extract<z.infer<typeof Parameter>, { name: string }>;

const Content = z.record(z.string(), z.object({ schema: Schema.optional() }).nullable());
const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(Parameter).optional(),
  requestBody: z.union([z.object({ $ref: z.string() }), z.object({ content: Content })]).optional(),
  responses: z.record(
    z.string(),
    z.union([z.object({ $ref: z.string() }), z.object({ content: Content.optional() })]),
  ),
});
const PathItem = z.looseObject({ parameters: z.array(Parameter).optional() });
const Document = z.object({
  paths: z.record(z.string(), PathItem),
  components: z.object({
    schemas: z.record(z.string(), Schema),
    parameters: z.record(z.string(), Parameter).optional(),
    responses: z.record(z.string(), z.object({ content: Content.optional() })).optional(),
    requestBodies: z.record(z.string(), z.object({ content: Content })).optional(),
  }),
});

/** One call as a document describes it. */
export interface SpecOperation {
  readonly operationId: string;
  readonly parameters: readonly SpecParameter[];
  /** By content type; undefined where the call takes no body. */
  readonly body: ReadonlyMap<string, SpecSchema | undefined> | undefined;
  /** By status; the schema of its JSON, undefined where it has none. */
  readonly answers: ReadonlyMap<string, SpecSchema | undefined>;
}

export interface SpecDocument {
  /** By `<METHOD> <template>`. */
  readonly operations: ReadonlyMap<string, SpecOperation>;
  readonly schemas: Readonly<Record<string, SpecSchema>>;
  /** Every key of every example: what Xero has been seen to send besides what the schemas name. */
  readonly exampleKeys: ReadonlySet<string>;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;

/** Reads a document from beside the project. @throws when it is not there */
export function readSpecDocument(file: string): SpecDocument {
  const source = readFileSync(new URL(`../../../shared/specs/xero/${file}`, import.meta.url), 'utf8');
  const raw: unknown = parse(source, { maxAliasCount: -1 });
  const { paths, components } = Document.parse(raw);
  const operations = new Map<string, SpecOperation>();
  for (const [template, item] of Object.entries(paths)) {
    for (const method of METHODS) {
      if (item[method] === undefined) continue;
      operations.set(
        `${method.toUpperCase()} ${template}`,
        operationOf(Operation.parse(item[method]), item.parameters ?? [], components),
      );
    }
  }
  return { operations, schemas: components.schemas, exampleKeys: keysOfExamples(raw) };
}

type Components = z.infer<typeof Document>['components'];

function operationOf(
  { operationId, parameters = [], requestBody, responses }: z.infer<typeof Operation>,
  shared: readonly z.infer<typeof Parameter>[],
  components: Components,
): SpecOperation {
  return {
    operationId,
    parameters: [...shared, ...parameters].map((parameter) => resolved(parameter, components)),
    body: requestBody === undefined ? undefined : bodyOf(requestBody, components),
    answers: new Map(
      Object.entries(responses).map(([status, response]) => {
        const { content } =
          '$ref' in response ? (components.responses?.[lastOf(response.$ref)] ?? {}) : response;
        return [status, content?.['application/json']?.schema];
      }),
    ),
  };
}

function bodyOf(
  body: NonNullable<z.infer<typeof Operation>['requestBody']>,
  { requestBodies }: Components,
): ReadonlyMap<string, SpecSchema | undefined> {
  const content = '$ref' in body ? requestBodies?.[lastOf(body.$ref)]?.content : body.content;
  return new Map(Object.entries(content ?? {}).map(([type, described]) => [type, described?.schema]));
}

function resolved(parameter: z.infer<typeof Parameter>, components: Components): SpecParameter {
  if ('name' in parameter) return parameter;
  const found = components.parameters?.[lastOf(parameter.$ref)];
  if (found === undefined || !('name' in found)) throw new Error(`No parameter ${parameter.$ref}`);
  return found;
}

function lastOf(reference: string): string {
  return reference.split('/').at(-1) ?? '';
}

function keysOfExamples(raw: unknown): Set<string> {
  const keys = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        keys.add(key);
        collect(inner);
      }
    } else if (typeof value === 'string' && /^[[{]/.test(value.trim())) {
      try {
        collect(JSON.parse(value));
      } catch {
        // An example that is no JSON names no keys.
      }
    }
  };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'example') collect(inner);
      else visit(inner);
    }
  };
  visit(raw);
  return keys;
}
