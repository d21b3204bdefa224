import type { Http, HttpRequest, HttpResponse } from '@stackbridge/shared-mappers/ports/http.ts';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import {
  readSpecDocument,
  type SpecDocument,
  type SpecOperation,
  type SpecParameter,
  type SpecSchema,
} from './xero-spec-documents.ts';

/** One call of Xero's APIs as it goes over the wire. */
export interface XeroExchange {
  method: string;
  /** Path below the host with its query, e.g. `/api.xro/2.0/Invoices?page=1`. */
  path: string;
  /** Names in lower case. */
  requestHeaders: Readonly<Record<string, string>>;
  /** '' when there is none. */
  requestBody: string;
  status: number;
  contentType: string;
  answerBody: string;
}

/** Holds calls and answers against the vendor's OpenAPI documents. */
export interface XeroSpec {
  /** What is wrong with a request; empty when nothing is. */
  requestFaults(exchange: Pick<XeroExchange, 'method' | 'path' | 'requestHeaders' | 'requestBody'>): string[];
  /** What is wrong with the answer to it. */
  answerFaults(exchange: XeroExchange): string[];
}

/** An Http port that holds each exchange against the documents on its way. */
export interface CheckedXeroHttp extends Http {
  /** Every fault so far, each with its call. */
  readonly faults: string[];
  /** Calls held against the documents. */
  readonly checked: number;
}

/** Whose payroll `/payroll.xro/2.0` is: each country has a document of its own. */
export type PayrollCountry = 'au' | 'nz' | 'uk';

/** Keys of requests and answers that the vendor documents elsewhere, and OpenAPI 16.1.0 does not know yet. */
const UNLISTED_KEYS: ReadonlySet<string> = new Set([
  'RoundingAmount',
  'DateUTCString',
  'UpdatedDateUTCString',
  'HasErrors',
  'Warnings',
  'authEventId',
  'tenantName',
]);

/** Reads the documents from beside the project. @throws when they are not there */
export function loadXeroSpec(country: PayrollCountry = 'au'): XeroSpec {
  const payroll = country === 'au' ? 'xero-payroll-au-v2.yaml' : `xero-payroll-${country}.yaml`;
  const apis = [
    apiOf('/api.xro/2.0', 'xero_accounting.yaml'),
    apiOf('/projects.xro/2.0', 'xero-projects.yaml'),
    apiOf('/payroll.xro/1.0', 'xero-payroll-au.yaml'),
    apiOf('/payroll.xro/2.0', payroll),
    apiOf('', 'xero-identity.yaml'),
  ];
  const find = (method: string, path: string): Found | undefined => {
    const [bare = ''] = path.split('?');
    const api = apis.find(({ prefix }) => bare.startsWith(`${prefix}/`));
    return api?.find(method, bare.slice(api.prefix.length));
  };

  return {
    requestFaults({ method, path, requestHeaders, requestBody }) {
      const found = find(method, path);
      if (found === undefined) return [`${method} ${path}: no such call`];
      const { operation, api, key } = found;
      const query = new URLSearchParams(path.split('?')[1] ?? '');
      const faults = [
        ...parameterFaults(operation.parameters, query, requestHeaders),
        ...bodyFaults(found, requestBody, requestHeaders['content-type'] ?? ''),
      ];
      return faults.map((fault) => `${api.prefix} ${key}: ${fault}`);
    },

    answerFaults({ method, path, status, contentType, answerBody }) {
      const found = find(method, path);
      if (found === undefined) return [`${method} ${path}: no such call`];
      const { operation, api, key } = found;
      const where = `${api.prefix} ${key} -> ${status}`;
      // The documents leave out what all calls have in common: sign-in, limits, unknown ids, queries that cannot be read.
      if (status >= 401 || (status === 400 && !operation.answers.has('400'))) return [];
      if (!operation.answers.has(String(status))) return [`${where}: no such answer`];
      const schema = operation.answers.get(String(status));
      if (schema === undefined) return status === 204 && answerBody !== '' ? [`${where}: has a body`] : [];
      if (!contentType.startsWith('application/json')) return [`${where}: content type is ${contentType}`];
      const value = withoutNulls(JSON.parse(answerBody));
      const isListed = (name: string): boolean =>
        api.document.exampleKeys.has(name) || UNLISTED_KEYS.has(name);
      return api
        .faultsAgainst(`${key} -> ${status}`, schema, value, isListed)
        .map((fault) => `${where}: ${fault}`);
    },
  };
}

/** Wraps a port so that whatever passes to `host` is held against the documents; faults are only noted. */
export function checkXeroCalls(http: Http, spec: XeroSpec, host: string): CheckedXeroHttp {
  const faults: string[] = [];
  let checked = 0;
  return {
    faults,
    get checked() {
      return checked;
    },
    async send(request: HttpRequest): Promise<HttpResponse> {
      const response = await http.send(request);
      if (!request.url.startsWith(`${host}/`) || request.url.includes('/identity/')) return response;
      checked += 1;
      const exchange: XeroExchange = {
        method: request.method,
        path: request.url.slice(host.length),
        requestHeaders: request.headers,
        requestBody: request.body ?? '',
        status: response.status,
        contentType: response.headers['content-type'] ?? '',
        answerBody: response.body,
      };
      faults.push(...spec.requestFaults(exchange), ...spec.answerFaults(exchange));
      return response;
    },
  };
}

interface Found {
  readonly api: Api;
  readonly key: string;
  readonly operation: SpecOperation;
}

interface Api {
  readonly prefix: string;
  readonly document: SpecDocument;
  find(method: string, path: string): Found | undefined;
  faultsAgainst(
    name: string,
    schema: SpecSchema,
    value: unknown,
    isListed: (key: string) => boolean,
  ): string[];
}

function apiOf(prefix: string, file: string): Api {
  const document = readSpecDocument(file);
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  for (const format of ['double', 'int', 'int32', 'integer', 'byte', 'binary']) ajv.addFormat(format, true);
  // Recorded answers have dates with midnight, and instants without a zone.
  ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}(T00:00:00)?$/);
  ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/);
  const schemas = Object.entries(document.schemas).map(([name, schema]) => [name, strictly(schema)]);
  ajv.addSchema({ $id: 'xero', components: { schemas: Object.fromEntries(schemas) } });
  const compiled = new Map<string, ValidateFunction>();
  const shapes = [...document.operations].map(([key, operation]) => {
    const [method = '', template = ''] = key.split(' ');
    const shape = new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`, prefix === '' ? 'i' : '');
    return { key, method, operation, shape };
  });
  const api: Api = {
    prefix,
    document,
    find(method, path) {
      const found = shapes.find((one) => one.method === method && one.shape.test(path));
      return found === undefined ? undefined : { api, key: found.key, operation: found.operation };
    },
    faultsAgainst(name, schema, value, isListed) {
      let validate = compiled.get(name);
      if (validate === undefined) {
        validate = ajv.compile(strictly(schema));
        compiled.set(name, validate);
      }
      if (validate(value)) return [];
      return (validate.errors ?? []).filter((error) => !isUnlisted(error, isListed)).map(spelled);
    },
  };
  return api;
}

function isUnlisted({ keyword, params }: ErrorObject, isListed: (key: string) => boolean): boolean {
  return keyword === 'additionalProperties' && isListed(String(params.additionalProperty));
}

function spelled({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`;
}

const DROPPED: ReadonlySet<string> = new Set([
  'example',
  'default',
  'externalDocs',
  'description',
  'readOnly',
]);

/** The schema as it is held against the wire: unknown keys are faults, references point into the document. */
function strictly(schema: unknown): SpecSchema {
  const wired: SpecSchema = {};
  for (const [key, value] of Object.entries(Object(schema))) {
    if (DROPPED.has(key) || key.startsWith('x-')) continue;
    // What stands beside a reference is for readers.
    if (key === '$ref') return { $ref: `xero${String(value)}` };
    if (key === 'properties') {
      wired.properties = Object.fromEntries(
        Object.entries(Object(value)).map(([name, inner]) => [name, strictly(inner)]),
      );
    } else if (typeof value === 'object' && value !== null && !Array.isArray(value))
      wired[key] = strictly(value);
    else wired[key] = value;
  }
  const isObject = typeof wired.properties === 'object' && wired.type !== 'string';
  if (isObject && !('additionalProperties' in wired)) wired.additionalProperties = false;
  return wired;
}

function parameterFaults(
  parameters: readonly SpecParameter[],
  query: URLSearchParams,
  headers: Readonly<Record<string, string>>,
): string[] {
  const faults: string[] = [];
  const known = new Map(parameters.filter((one) => one.in === 'query').map((one) => [one.name, one]));
  for (const [name, value] of query) {
    const parameter = known.get(name);
    if (parameter === undefined) faults.push(`no such parameter: ${name}`);
    else if (!fits(parameter.schema ?? {}, value)) faults.push(`parameter ${name} cannot be ${value}`);
  }
  for (const parameter of parameters) {
    const { name } = parameter;
    if (parameter.in === 'query' && parameter.required === true && !query.has(name)) {
      faults.push(`parameter ${name} is required`);
    }
    // The content type of a download is said to be required, and is none of the caller's to know.
    const isHeader = parameter.in === 'header' && parameter.required === true && name !== 'contentType';
    if (isHeader && headers[name.toLowerCase()] === undefined) faults.push(`header ${name} is required`);
  }
  if ((headers['idempotency-key']?.length ?? 0) > 128) faults.push('header Idempotency-Key is too long');
  return faults;
}

function fits(schema: SpecSchema, value: string): boolean {
  if (Array.isArray(schema.enum)) return schema.enum.includes(value);
  switch (schema.type) {
    case 'integer':
      return /^\d+$/.test(value) && Number(value) <= Number(schema.maximum ?? Number.POSITIVE_INFINITY);
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'array':
      return value.split(',').every((part) => fits(Object(schema.items), part));
    default:
      return schema.format !== 'uuid' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
  }
}

function bodyFaults({ api, key, operation }: Found, text: string, contentType: string): string[] {
  const { body } = operation;
  if (body === undefined) return text === '' ? [] : ['takes no body'];
  // Attachments are sent as they are, under a content type of their own.
  if (body.has('application/octet-stream')) return contentType === '' ? ['content type is missing'] : [];
  if (text === '') return body.has('application/json') ? ['body is required'] : [];
  if (!contentType.startsWith('application/json')) return [`content type is ${contentType}`];
  const schema = body.get('application/json');
  if (schema === undefined) return [];
  return api.faultsAgainst(`${key} body`, schema, JSON.parse(text), (name) => name === 'RoundingAmount');
}

/** What the documents call a text or a number may be null on the wire; a key that is null says nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNulls(inner)]),
  );
}
