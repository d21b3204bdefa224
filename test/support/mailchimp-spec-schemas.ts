import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A piece of JSON Schema as the vendor's Swagger 2.0 document has it. */
export type SpecSchema = Record<string, unknown>;

const Parameter = z.object({
  name: z.string(),
  in: z.enum(['query', 'path', 'body']),
  required: z.boolean().optional(),
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  maximum: z.number().optional(),
  schema: z.record(z.string(), z.unknown()).optional(),
});
export type SpecParameter = z.infer<typeof Parameter>;

const Operation = z.object({
  parameters: z.array(Parameter).optional(),
  responses: z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()).optional() })),
});
export type SpecOperation = z.infer<typeof Operation>;

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), Operation)) });

const SPEC = new URL('../../../shared/specs/mailchimp/marketing-3.0.55.swagger2.json', import.meta.url);

/** The vendor's document, from beside the project. @throws when it is not there */
export function readSpec(): z.infer<typeof Document> {
  return Document.parse(JSON.parse(readFileSync(SPEC, 'utf8')));
}

const Properties = z.record(z.string(), z.record(z.string(), z.unknown()));

/**
 * The schema as it is held against what goes over the wire: unknown keys are faults, and where recorded answers of
 * the live API differ from the document, both pass:
 * - a time that is not known is `""`, and so is the state of an SMS subscription;
 * - some problems carry no `type`;
 * - members are shown with the same fields wherever they are shown;
 * - members of a batch may carry `tags`, which `sync_tags` speaks of;
 * - opens tell those of mail programs apart, which the document does not know yet.
 */
export function wireSchema(schema: SpecSchema, memberProperties: SpecSchema): SpecSchema {
  const wired: SpecSchema = {};
  for (const [key, value] of Object.entries(schema)) {
    if (!KEPT_KEYWORDS.has(key)) continue;
    wired[key] = value;
  }
  if (Array.isArray(schema.required))
    wired.required = schema.required.filter((name) => name !== 'type' || !isProblem(schema));
  if (isSchema(schema.items)) wired.items = wireSchema(schema.items, memberProperties);
  if (isSchema(schema.additionalProperties)) {
    wired.additionalProperties = wireSchema(schema.additionalProperties, memberProperties);
  }
  if (schema.format === 'date-time') return { anyOf: [{ const: '' }, wired] };

  const properties = Properties.safeParse(schema.properties);
  if (!properties.success || Object.keys(properties.data).length === 0) return wired;
  const named: SpecSchema = {};
  for (const [name, inner] of Object.entries({
    ...properties.data,
    ...tolerated(properties.data, memberProperties),
  })) {
    const wiredInner = isSchema(inner) ? wireSchema(inner, memberProperties) : inner;
    named[name] = name === 'sms_subscription_status' ? { anyOf: [{ const: '' }, wiredInner] } : wiredInner;
  }
  wired.properties = named;
  wired.additionalProperties = schema.additionalProperties === undefined ? false : wired.additionalProperties;
  return wired;
}

/** `format` other than date-time, examples and titles say nothing about the wire. */
const KEPT_KEYWORDS = new Set(['type', 'enum', 'maximum', 'minimum', 'required', 'format']);

function tolerated(properties: z.infer<typeof Properties>, memberProperties: SpecSchema): SpecSchema {
  const has = (name: string): boolean => name in properties;
  if (has('unique_email_id') && has('merge_fields') && has('last_changed')) return memberProperties;
  if (has('opens_total')) {
    const number = { type: 'number' };
    return {
      proxy_excluded_opens: number,
      proxy_excluded_unique_opens: number,
      proxy_excluded_open_rate: number,
    };
  }
  if (has('timestamp') && Object.keys(properties).length === 1) return { is_proxy_open: { type: 'boolean' } };
  const isMemberOfBatch = has('email_address') && has('merge_fields') && !has('id');
  return isMemberOfBatch ? { tags: { type: 'array', items: { type: 'string' } } } : {};
}

function isProblem(schema: SpecSchema): boolean {
  return isSchema(schema.properties) && 'instance' in schema.properties;
}

export function isSchema(value: unknown): value is SpecSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
